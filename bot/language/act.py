"""What the customer is doing with a message: one of bot.core.types.ACTS.

The leading act wins, in this order: a critical complaint · ask_human · stop · correct · rate (the question's
score was given) · yes or no to a yes/no question · the short fixed forms (skip, thank, greet, goodbye, affirm,
deny) · ask_back · request_remedy · order_status · suggest · complain or praise where words of feeling and tags
agree. What no rule knows is asked of the trained classifier; below `SURE` the act is complain or praise if the
feeling is clear, else other, and how sure the guess was is said.
"""

import re
from pathlib import Path
from typing import NamedTuple, Optional, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Score
from bot.language import act_rules as rules
from bot.language.classifier import ActClassifier, Guess
from bot.language.remedy import remedy_of
from bot.language.short_forms import short_form
from bot.language.tags import Mention
from bot.language.topic import topic_of

if not Doc.has_extension("act"):
    Doc.set_extension("act", default="other")
    Doc.set_extension("certainty", default=None)

SURE = 0.45  # the classifier's probability from which it is believed
FELT = 1.5  # strength of sentiment from which a wish is no suggestion any more
# What the classifier takes for these is praise or a complaint when something is clearly felt.
_FEELABLE = ("complain", "praise", "rate", "affirm", "deny", "thank", "greet", "goodbye", "skip", "other")
_ASIDE, _ASIDE_WORDS = ("correct", "ask_back", "skip", "greet", "goodbye"), 8
_CONTENT = re.compile(r"\w")
_QUESTION = 40  # characters; a question about the conversation is short
_STATED_SCORE = re.compile(r"[\d零一二两三四五六七八九十]+(?:分|星)?[,，.。!！\s]+\D*$")


class Reading(NamedTuple):
    """What the other components found, as far as it tells the act."""

    form: str
    language: str = "en"
    expecting: Optional[str] = None
    score: Optional[Score] = None
    label: str = "neutral"
    strength: float = 0.0
    severity: str = "none"
    tags: Sequence[Mention] = ()

    @property
    def pains(self) -> bool:
        return any(tag.polarity == "negative" for tag in self.tags)


class Decision(NamedTuple):
    """The act. certainty: the probability, 0..1, of a guess that was not believed; None where nothing is in doubt."""

    act: str
    certainty: Optional[float] = None


def act_of(reading: Reading, classifier: Optional[ActClassifier] = None) -> Decision:
    """The act of a message. Without a classifier the rules alone decide."""
    if not _CONTENT.search(reading.form):
        return Decision(_wordless(reading))
    found = _leading(reading) or short_form(reading.form, reading.expecting) or _requested(reading)
    return Decision(found) if found else _felt(reading, classifier)


def _wordless(reading: Reading) -> str:
    if reading.score is not None:
        return "rate"
    if reading.label == "positive":
        return "affirm" if reading.expecting == "yesno" else "thank" if "🙏" in reading.form else "praise"
    return "complain" if reading.label == "negative" else "other"


def _leading(reading: Reading) -> Optional[str]:
    """Acts that win over whatever else is said."""
    form = reading.form
    if reading.severity == "critical":
        return "complain"
    if rules.ASK_HUMAN.search(form) and not rules.ASK_HUMAN_NOT.search(form):
        return "ask_human"
    if rules.STOP.search(form):
        return "stop"
    if _corrects(reading):
        return "correct"
    return "rate" if reading.score is not None and reading.expecting in SCALES else None


def _corrects(reading: Reading) -> bool:
    """A score taken back within one message ("3, no wait, 4") is that message's rating, not a correction."""
    found = rules.CORRECT.search(reading.form)
    if not found:
        return False
    return not (reading.expecting in SCALES and _STATED_SCORE.search(reading.form[: found.start()]))


def _requested(reading: Reading) -> Optional[str]:
    form = reading.form
    if not reading.pains and (rules.ASK_BACK.search(form) or (len(form) <= _QUESTION and topic_of(form))):
        return "ask_back"
    if rules.SUGGEST_PLAINLY.search(form) and not reading.pains and reading.label != "negative":
        return "suggest"
    remedy = remedy_of(form)
    wished = rules.WISH.search(form) or (len(form) <= 10 and not reading.pains and not rules.REMEDY_BLAMED.search(form))
    if rules.REFUND_STATUS.search(form) and not reading.pains:
        return "order_status"
    if (remedy or rules.COMPENSATE.search(form)) and remedy != "explain" and wished:
        return "request_remedy"
    if rules.ORDER_STATUS.search(form):
        return "order_status"
    if rules.SUGGEST.search(form) and reading.strength > -FELT and reading.severity != "high":
        return "suggest"
    return None


def _felt(reading: Reading, classifier: Optional[ActClassifier]) -> Decision:
    asked = classifier if reading.language != "other" else None
    guess = asked.guess(reading.form) if asked else Guess("other", 0.0)
    feeling = {"negative": "complain", "positive": "praise"}.get(reading.label)
    if reading.pains and not feeling and guess.act not in ("ask_human", "stop", "request_remedy", "order_status"):
        return Decision("complain")
    if guess.probability < SURE or (guess.act == "rate" and not rules.RATING.search(reading.form)):
        unsure = asked is not None and feeling is None and guess.probability < SURE
        return Decision(feeling or "other", round(guess.probability, 3) if unsure else None)
    return Decision(feeling if feeling and (guess.act in _FEELABLE or reading.pains) else guess.act)


@Language.factory("act", assigns=["doc._.act", "doc._.certainty"], default_config={"model": None})
def act(nlp: Language, name: str, model: Optional[str]) -> "ActReader":
    return ActReader(ActClassifier.load(Path(model)) if model else None)


class ActReader:
    """Sets `doc._.act` and `doc._.certainty` from all that was found before; for ask_back also the entity `topic`."""

    def __init__(self, classifier: Optional[ActClassifier] = None) -> None:
        self._classifier = classifier

    def __call__(self, doc: Doc) -> Doc:
        _ = doc._
        reading = Reading(
            _.plain, _.language, _.expecting, _.score, _.sentiment, _.strength, _.severity, _.tag_spans
        )  # fmt: skip
        doc._.act, doc._.certainty = act_of(reading, self._classifier)
        if doc._.act in _ASIDE and _.severity != "critical" and len(doc) <= _ASIDE_WORDS:
            doc._.tags, doc._.tag_spans = (), ()  # "说错了" of a score, "is this a scam?": nothing is said of the shop
            doc._.severity = "none"
        topic = topic_of(_.plain) if doc._.act == "ask_back" else None
        if topic:
            doc._.entities = {**(_.entities or {}), "topic": topic}
        return doc
