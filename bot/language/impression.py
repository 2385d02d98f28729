"""What the encoder makes of a message, in the words of the other components: an `Impression` on `doc._.impression`.

It knows nothing for certain and is asked for nothing that a fixed form already says ("no thanks", "4", "👍").
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.core.definitions import Taxonomy
from bot.language.short_forms import short_form

if TYPE_CHECKING:
    from bot.language.encoder import Encoder, Reading

log = logging.getLogger(__name__)

if not Doc.has_extension("impression"):
    Doc.set_extension("impression", default=None)
    Doc.set_extension("fixed", default=None)

SIGNS = {"+": "positive", "-": "negative", "0": "neutral"}
GRAVE = 0.36  # the probability from which a message is critical by itself
SAID = 0.5  # the probability from which an opinion on a topic is taken as said
NAMED = 0.4  # the probability from which one of its tags is what is said
BRIEF = 24  # characters; a longer text that begins like a fixed form may say more
FULL = 5.0  # of strength


class Opinion(NamedTuple):
    """Something said on a category of tags. keys: its tags, the likeliest first. text[start:end]: the clause."""

    category: str
    polarity: str
    keys: Sequence[str]
    probability: float
    start: int
    end: int


class Impression(NamedTuple):
    """acts, feeling, severity: probabilities by name. strength: −5..+5. critical: probability."""

    acts: Mapping[str, float]
    feeling: Mapping[str, float]
    strength: float
    severity: Mapping[str, float]
    critical: float
    opinions: Tuple[Opinion, ...]

    @property
    def grave(self) -> bool:
        return (self.critical + self.severity["critical"]) / 2 >= GRAVE


class Impressions:
    """Makes impressions with an encoder."""

    def __init__(self, encoder: "Encoder") -> None:
        self._encoder = encoder
        self._tags: Mapping[str, Sequence[int]] = {}

    def use(self, taxonomy: Taxonomy) -> None:
        """Takes the tags of another version of the definitions; those that were never learnt are left to the rules."""
        categories = {tag.key: tag.category for tag in taxonomy.tags}
        names = self._encoder.labels["tag"]
        self._tags = {
            topic: [at for at, name in enumerate(names) if categories.get(name[:-1], "") + name[-1] == topic]
            for topic in self._encoder.labels["topic"]
        }

    def of(self, form: str) -> Impression:
        """The impression that a plain text makes; it has a letter or a digit."""
        reading = self._encoder.read(form)
        scores, labels = reading.scores, self._encoder.labels
        return Impression(
            acts=dict(zip(labels["act"], _shares(scores["act"]), strict=True)),
            feeling=dict(zip(labels["feeling"], _shares(scores["feeling"]), strict=True)),
            strength=FULL * float(np.tanh(scores["strength"][0])),
            severity=dict(zip(labels["severity"], _shares(scores["severity"]), strict=True)),
            critical=float(_probability(scores["critical"][0])),
            opinions=tuple(self._opinions(reading)),
        )

    def _opinions(self, reading: "Reading") -> List[Opinion]:
        found = []
        names = self._encoder.labels["tag"]
        for at, topic in enumerate(self._encoder.labels["topic"]):
            probability = float(_probability(reading.scores["topic"][at]))
            if probability < SAID or not self._tags[topic]:
                continue
            tags = sorted(self._tags[topic], key=lambda tag: -float(reading.scores["tag"][tag]))
            clause = reading.clauses[int(reading.shares["topic"][:, at].argmax())]
            keys = [names[tag][:-1] for tag in tags if _probability(reading.scores["tag"][tag]) >= NAMED]
            if not keys:
                continue
            found.append(Opinion(topic[:-1], SIGNS[topic[-1]], keys, probability, clause.start, clause.end))
        return sorted(found, key=lambda opinion: -opinion.probability)


def _shares(scores: np.ndarray) -> List[float]:
    odds = np.exp(scores - scores.max())
    shares: List[float] = (odds / odds.sum()).tolist()
    return shares


def _probability(score: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-score))


@Language.factory(
    "impression", assigns=["doc._.impression", "doc._.fixed"], default_config={"folder": None}
)  # fmt: skip
def impression(nlp: Language, name: str, folder: Optional[str]) -> "ImpressionReader":
    return ImpressionReader(_impressions(Path(folder)) if folder else None)


def _impressions(folder: Path) -> Optional[Impressions]:
    try:
        from bot.language.encoder import Encoder
    except ImportError as error:  # a machine for which there is no ONNX Runtime
        log.warning("The sentence encoder cannot run here (%s): the rules and n-grams read alone", error)
        return None
    if not Encoder.is_in(folder):
        log.warning("There is no sentence encoder in %s: the rules and n-grams read alone", folder)
        return None
    return Impressions(Encoder(folder))


class ImpressionReader:
    """Sets `doc._.fixed`, the act of a fixed form, and `doc._.impression` where that does not say it all."""

    def __init__(self, impressions: Optional[Impressions] = None) -> None:
        self.impressions = impressions

    def use(self, taxonomy: Taxonomy) -> None:
        """Takes the tags of another version of the definitions."""
        if self.impressions:
            self.impressions.use(taxonomy)

    def __call__(self, doc: Doc) -> Doc:
        form = doc._.plain
        doc._.fixed = short_form(form, doc._.expecting)
        told = any(character.isalpha() for character in form) and doc._.language != "other"
        if self.impressions and told and not (doc._.fixed and len(form) <= BRIEF):
            doc._.impression = self.impressions.of(form)
        return doc
