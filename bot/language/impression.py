"""What the learnt models make of a message, in the words of the other components: an `Impression`.

Two of them are asked, the n-grams, which know what the words are, and the encoder, which knows what they mean; they err
in different places, so that both together are better than either. They vote together on the act, the feeling, what is
critical and the topics; the rest is the encoder's. They know nothing for certain and are asked for nothing that a fixed
form already says ("no thanks", "4", "👍").
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, FrozenSet, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.core.definitions import Taxonomy
from bot.language.grams import Grams
from bot.language.opinions import SIGN_OF, SIGNS
from bot.language.shares import blended, softmax
from bot.language.short_forms import short_form

if TYPE_CHECKING:
    from bot.language.encoder import Encoder, Reading

log = logging.getLogger(__name__)

if not Doc.has_extension("impression"):
    Doc.set_extension("impression", default=None)
    Doc.set_extension("likely", default={})

CUED = 0.04  # the probability from which a message is critical that has words for it
GRAVE = 0.36  # the probability from which a message is critical by itself
SAID = 0.5  # the probability from which an opinion on a topic is taken as said
NAMED = 0.6  # the probability from which one of its tags is what is said
UNFELT = 0.3  # the probability of a feeling below which it is no reason to believe such a rule
DOUBTED = 0.1  # the probability below which an opinion that a rule found is not believed to be one
LIKELIEST = 0.3  # the probability from which the likeliest tag is named where none reaches that
MOST_READ = 1_000_000  # characters, more than any text has
BRIEF = 24  # characters; a longer text that begins like a fixed form may say more
FULL = 5.0  # of strength
LEANING = 0.5  # how much of the strength is how sure the feeling is
# A margin of the n-grams as a logit beside the encoder's: factor and shift. Margins of rare outputs lie below zero.
TOPIC_MARGIN, CRITICAL_MARGIN, FEELING_MARGIN = (2.0, 0.5), (2.0, 0.4), (1.5, 0.0)
Margins = Mapping[str, np.ndarray]


class Opinion(NamedTuple):
    """Something said on a category of tags. keys: its tags, the likeliest first. text[start:end]: the clause."""

    category: str
    polarity: str
    keys: Sequence[str]
    probability: float
    start: int
    end: int


class Impression(NamedTuple):
    """acts, feeling, severity: probabilities by name. strength: −5..+5. critical: probability.

    tags: by name and sign the probability of the topic of each tag that was learnt. read_to: how many characters were
    read.
    """

    acts: Mapping[str, float]
    feeling: Mapping[str, float]
    strength: float
    severity: Mapping[str, float]
    critical: float
    opinions: Tuple[Opinion, ...]
    tags: Mapping[str, float] = {}
    read_to: int = MOST_READ

    @property
    def grave(self) -> bool:
        return self.gravity >= GRAVE

    @property
    def gravity(self) -> float:
        """How likely the message is critical."""
        return (self.critical + self.severity["critical"]) / 2

    @property
    def grade(self) -> str:
        """How grave it is if it is not critical."""
        return max((name for name in self.severity if name != "critical"), key=lambda name: self.severity[name])

    def doubts(self, key: str, polarity: str) -> bool:
        """Whether a tag was learnt and is most likely not said, nor felt, though a rule has words for it."""
        said = self.tags.get(key + SIGN_OF[polarity], 1.0)
        return said < DOUBTED and self.feeling.get(polarity, 0.0) < UNFELT


class Impressions:
    """Makes impressions with an encoder and the n-grams."""

    def __init__(self, encoder: "Encoder", grams: Grams) -> None:
        self._encoder = encoder
        topics, tags = encoder.labels["topic"], encoder.labels["tag"]
        self._topic_of = {tag: topics.index(encoder.categories[tag[:-1]] + tag[-1]) for tag in tags}
        self._tags_of = [
            [at for at, tag in enumerate(tags) if self._topic_of[tag] == one] for one in range(len(topics))
        ]
        self._known: FrozenSet[str] = frozenset(encoder.categories)
        both = sorted({*topics} & {*grams.labels.get("topic", ())})
        self._shared = [topics.index(one) for one in both], [grams.labels["topic"].index(one) for one in both]

    def use(self, taxonomy: Taxonomy) -> None:
        """Takes the tags of another version of the definitions.

        Those that were never learnt, or that are of another category now, are left to the rules.
        """
        learnt = self._encoder.categories
        self._known = frozenset(tag.key for tag in taxonomy.tags if learnt.get(tag.key) == tag.category)

    def of(self, form: str, margins: Optional[Margins] = None) -> Impression:
        """The impression that a plain text makes; it has a letter. margins: what the n-grams say of it."""
        reading, margins = self._encoder.read(form), margins or {}
        scores, labels = reading.scores, self._encoder.labels
        critical, feeling, topics = scores["critical"], scores["feeling"], scores["topic"].copy()
        if "critical" in margins:
            critical = critical + _as_logit(margins["critical"], CRITICAL_MARGIN)
        if "feeling" in margins:
            feeling = feeling + _as_logit(margins["feeling"], FEELING_MARGIN)
        if "topic" in margins:
            topics[self._shared[0]] += _as_logit(margins["topic"][self._shared[1]], TOPIC_MARGIN)
        felt = softmax(labels["feeling"], feeling)
        leaning = felt["positive"] - felt["negative"]
        said = _probability(topics)
        return Impression(
            acts=softmax(labels["act"], scores["act"]),
            feeling=felt,
            strength=FULL * ((1 - LEANING) * float(np.tanh(scores["strength"][0])) + LEANING * leaning),
            severity=softmax(labels["severity"], scores["severity"]),
            critical=float(_probability(critical[0])),
            opinions=tuple(self._opinions(reading, said)),
            tags={tag: float(said[topic]) for tag, topic in self._topic_of.items() if tag[:-1] in self._known},
            read_to=reading.end,
        )

    def _opinions(self, reading: "Reading", said: np.ndarray) -> List[Opinion]:
        found = []
        names, probable = self._encoder.labels["tag"], _probability(reading.scores["tag"])
        for at, topic in enumerate(self._encoder.labels["topic"]):
            if said[at] < SAID:
                continue
            tags = sorted(self._tags_of[at], key=lambda tag: -float(probable[tag]))
            likely = [tag for tag in tags if probable[tag] >= NAMED] or [
                tag for tag in tags[:1] if probable[tag] >= LIKELIEST
            ]
            keys = [names[tag][:-1] for tag in likely if names[tag][:-1] in self._known]
            if not keys:
                continue
            clause = reading.clauses[int(reading.shares[:, at].argmax())]
            found.append(Opinion(topic[:-1], SIGNS[topic[-1]], keys, float(said[at]), clause.start, clause.end))
        return sorted(found, key=lambda opinion: -opinion.probability)


def _as_logit(margin: np.ndarray, scale: Tuple[float, float]) -> np.ndarray:
    factor, shift = scale
    logit: np.ndarray = factor * (margin + shift)
    return logit


def _probability(score: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-score))


@Language.factory(
    "impression",
    assigns=["doc._.impression", "doc._.likely"],
    default_config={"folder": None, "grams": None},
)  # fmt: skip
def impression(nlp: Language, name: str, folder: Optional[str], grams: Optional[str]) -> "ImpressionReader":
    model = Grams.load(Path(grams)) if grams else None
    return ImpressionReader(model, _impressions(Path(folder), model) if folder and model else None)


def _impressions(folder: Path, grams: Grams) -> Optional[Impressions]:
    try:
        from bot.language.encoder import Encoder
    except ImportError as error:  # a machine for which there is no ONNX Runtime
        log.warning("The sentence encoder cannot run here (%s): the rules and n-grams read alone", error)
        return None
    if not Encoder.is_in(folder):
        log.warning("There is no sentence encoder in %s: the rules and n-grams read alone", folder)
        return None
    return Impressions(Encoder(folder), grams)


class ImpressionReader:
    """Sets what the models make of a text where no fixed form says it all: `doc._.impression` with an encoder, and
    `doc._.likely`, the probabilities of the acts, also without."""

    def __init__(self, grams: Optional[Grams] = None, impressions: Optional[Impressions] = None) -> None:
        self.grams, self.impressions = grams, impressions

    def use(self, taxonomy: Taxonomy) -> None:
        """Takes the tags of another version of the definitions."""
        if self.impressions:
            self.impressions.use(taxonomy)

    def __call__(self, doc: Doc) -> Doc:
        form = doc._.plain
        fixed = len(form) <= BRIEF and short_form(form, doc._.expecting)
        if self.grams and doc._.language != "other" and not fixed:
            margins = self.grams.read(form)
            if self.impressions and any(character.isalpha() for character in form):
                doc._.impression = self.impressions.of(form, margins)
            doc._.likely = blended(self.grams.acts(margins), doc._.impression.acts if doc._.impression else {})
        return doc
