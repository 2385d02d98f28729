"""The pipeline as one: `load` builds the spaCy `Language`, `Reader` gives what it finds as an `Understanding`.

reader = Reader.open(root, definitions.tags)
reader.understand("等了四十分钟,给3分吧", expecting="csat")
"""

from pathlib import Path
from typing import Any, Dict, Mapping, Optional, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# Importing a component registers it.
from bot.core.definitions import Taxonomy
from bot.core.types import Understanding
from bot.language import act, entities, impression, score, script, sentiment, severity, tags, tokenizer  # noqa: F401
from bot.language.impression import ImpressionReader
from bot.language.plain import printable
from bot.language.tags import TagReader
from bot.language.tokenizer import MixedTokenizer
from bot.language.training import MODEL, ensure_trained

COMPONENTS = ("script", "score", "named", "impression", "tags", "sentiment", "severity", "act")
ENCODER = "encoder"  # the folder beside the artefact
LONGEST = 4_000  # characters that are read; the rest of a text is kept but not analysed


def load(artefact: Path, taxonomy: Taxonomy, encoder: bool = True) -> Language:
    """The whole pipeline with the trained model in `artefact`, the encoder beside it and the tags of `taxonomy`.

    Args:
        encoder: False leaves the encoder out; it is also left out, and said, where it is not there or cannot run.
    """
    nlp = spacy.blank("zh")
    nlp.tokenizer = MixedTokenizer(nlp.vocab)
    config: Mapping[str, Dict[str, Any]] = {
        "impression": {"grams": str(artefact / MODEL), "folder": str(artefact.parent / ENCODER) if encoder else None},
    }
    for name in COMPONENTS:
        nlp.add_pipe(name, config=config.get(name, {}))
    _use(nlp, taxonomy)
    return nlp


def _use(nlp: Language, taxonomy: Taxonomy) -> None:
    cast(TagReader, nlp.get_pipe("tags")).use(taxonomy)
    cast(ImpressionReader, nlp.get_pipe("impression")).use(taxonomy)


class Reader:
    """Reads messages. Not for several threads at once; opening takes about a second, reading about a millisecond."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @classmethod
    def open(cls, root: Path, taxonomy: Taxonomy) -> "Reader":
        """A reader for the project in `root`; trains the model first if there is none for its inputs."""
        return cls(load(ensure_trained(root), taxonomy))

    def use(self, taxonomy: Taxonomy) -> None:
        """Takes the tag words of another version of the definitions."""
        _use(self.nlp, taxonomy)

    def read(
        self, text: str, expecting: Optional[str] = None, hint: Optional[str] = None, scale: Optional[str] = None
    ) -> Doc:
        """The `Doc` of a message with everything found on `doc._`; see `understand`."""
        doc = self.nlp.make_doc(printable(text[:LONGEST]))
        doc._.expecting, doc._.hint, doc._.scale = expecting, hint, scale
        return self.nlp(doc)

    def understand(
        self,
        text: str,
        expecting: Optional[str] = None,
        hint: Optional[str] = None,
        scale: Optional[str] = None,
    ) -> Understanding:
        """What one message was understood to be.

        Args:
            expecting: what was just asked: csat, nps, ces, experience, yesno, text, order or None.
            hint: the language of the conversation so far.
            scale: the scale of the last score question, for a correction that comes later ("改成4分").
        """
        found = self.read(text, expecting, hint, scale)._
        return Understanding(
            text=printable(text),
            language=found.language,
            act=found.act,
            score=found.score,
            sentiment=found.sentiment,
            tags=tuple(found.tags),
            severity=found.severity,
            entities=_with_ground(found.entities, found.critical_ground),
            certainty=found.certainty,
        )


def _with_ground(found: Mapping[str, Any], ground: Optional[str]) -> Mapping[str, Any]:
    """Says as `critical_ground` what makes a message critical (injury, legal …): the bot's words depend on it."""
    return {**found, "critical_ground": ground} if ground else found
