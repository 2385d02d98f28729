"""What the customer is doing with a message: one of bot.core.types.ACTS.

The leading act wins, in this order: a critical complaint · ask_human · stop · correct · rate (the question's
score was given) · yes or no to a yes/no question · the short fixed forms (skip, thank, greet, goodbye, affirm,
deny) · ask_back · request_remedy · order_status · suggest · complain or praise where words of feeling and tags
agree. What no rule knows is asked of the learnt models; below `SURE` the act is complain or praise if the
feeling is clear, else other, and how sure the guess was is said.
"""

import re
from typing import Dict, Mapping, NamedTuple, Optional, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Score
from bot.language import act_rules as rules
from bot.language.remedy import remedy_of
from bot.language.shares import weighed
from bot.language.short_forms import short_form
from bot.language.tags import Mention
from bot.language.topic import topic_of

if not Doc.has_extension("act"):
    Doc.set_extension("act", default="other")
    Doc.set_extension("certainty", default=None)

SURE = 0.38  # the probability from which the models are believed
# The same for what is acted upon at once: money goes out on a yes, and a talk ends on a stop.
SURE_TO_ACT = dict.fromkeys(("affirm", "deny", "stop"), 0.6)
SURE_OF_NOTHING = 0.6  # the same for `other`; what is below is for a person to review
FELT = 1.5  # strength of sentiment from which a wish is no suggestion any more
# How much likelier (or less likely) an act becomes by what was asked; the models see the words alone.
ODDS: Mapping[str, Mapping[str, float]] = {
    "text": {"complain": 1.5, "praise": 1.5, "ask_back": 0.5, "correct": 0.4, "affirm": 0.3, "deny": 0.5},
    "yesno": {"affirm": 3.0, "deny": 3.0, "rate": 0.3, "skip": 0.3},
    "order": {"complain": 0.4, "other": 2.0, "skip": 0.2},
    **{scale: {"rate": 3.0, "affirm": 0.5, "deny": 0.5, "greet": 0.3, "goodbye": 0.5} for scale in SCALES},
}
# What a word that says something bad (or good) of the shop does to praise and complaint.
SAYS_SO, FEELS_SO = 3.0, 1.1  # by a tag's words or strong words of feeling; by others
HEARD, STRONGLY = 1.0, 3.0  # strengths from which words of feeling count, and count as strong
WORDED = 2.0  # strength of the words from which they tell a complaint or praise by themselves
_GRIEVED = ("complain", "request_remedy")  # what somebody does to whom something bad happened
FELT_SHARE = 0.2  # the probability from which a complaint or praise is believed where it is felt, too
FELT_ALONE = 0.28  # the same where a score was asked and no word tells a feeling
_ASIDE, _ASIDE_TOKENS = ("correct", "ask_back", "skip", "greet", "goodbye"), 13
_CONTENT = re.compile(r"\w")
_QUESTION = 40  # characters; a question about the conversation is short
_STATED_SCORE = re.compile(r"[\d零一二两三四五六七八九十]+(?:分|星)?[,，.。!！\s]+\D*$")


class Reading(NamedTuple):
    """What the other components found, as far as it tells the act.

    strength: of the sentiment; felt: of its words alone. likely: probabilities of what the models guess.
    """

    form: str
    expecting: Optional[str] = None
    score: Optional[Score] = None
    label: str = "neutral"
    strength: float = 0.0
    severity: str = "none"
    tags: Sequence[Mention] = ()
    likely: Mapping[str, float] = {}
    felt: float = 0.0

    @property
    def pains(self) -> bool:
        return any(tag.polarity == "negative" for tag in self.tags)

    @property
    def told(self) -> int:
        """What the words of the definitions say of the shop: −1 bad things alone, +1 good ones alone, else 0."""
        said = {tag.polarity for tag in self.tags if not tag.learnt} - {"neutral"}
        return 0 if len(said) != 1 else -1 if said == {"negative"} else 1


class Decision(NamedTuple):
    """The act. certainty: the probability, 0..1, of a guess that was not believed; None where nothing is in doubt."""

    act: str
    certainty: Optional[float] = None


def act_of(reading: Reading) -> Decision:
    """The act of a message."""
    if not _CONTENT.search(reading.form):
        return Decision(_wordless(reading))
    found = _leading(reading) or short_form(reading.form, reading.expecting) or _requested(reading)
    return Decision(found) if found else _guessed(reading)


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


def _guessed(reading: Reading) -> Decision:
    """What no rule knows: the likeliest act of those that fit what was asked and what is felt."""
    feeling = {"negative": "complain", "positive": "praise"}.get(reading.label)
    if not reading.likely:
        return Decision("complain" if reading.told < 0 else feeling or "other")
    likely = weighed(weighed(reading.likely, ODDS.get(reading.expecting or "", {})), _by_words(reading))
    act = max(likely, key=lambda one: likely[one])
    # A complaint starts a recovery: "nothing special" is none.
    answered = reading.expecting == "text" and (feeling == "praise" or reading.strength <= -FELT)
    if likely[act] >= SURE_TO_ACT.get(act, SURE) and not (act == "other" and answered):
        doubtful = act == "other" and likely[act] < SURE_OF_NOTHING
        return Decision(act, round(likely[act], 3) if doubtful else None)
    if reading.told < 0:
        return Decision("complain")
    worded = "complain" if reading.felt <= -WORDED else "praise" if reading.felt >= WORDED else None
    if feeling and (worded == feeling or answered):
        return Decision(feeling)
    for felt in (feeling, worded):
        if felt and likely[felt] >= (FELT_SHARE if reading.felt or reading.expecting not in SCALES else FELT_ALONE):
            return Decision(felt)
    return Decision("other", round(likely[act], 3))


def _by_words(reading: Reading) -> Dict[str, float]:
    """What the words speak for or against."""
    odds: Dict[str, float] = {}
    if reading.told or abs(reading.felt) >= HEARD:
        bad = reading.told < 0 or (not reading.told and reading.felt < 0)
        weight = SAYS_SO if reading.told or abs(reading.felt) >= STRONGLY else FEELS_SO
        odds = (
            {"praise": 1 / weight, **dict.fromkeys(_GRIEVED, weight)}
            if bad
            else {"praise": weight, "complain": 1 / weight}
        )
    if remedy_of(reading.form) == "explain":
        # "I want to know why" asks about what went wrong, not about the bot.
        odds.update(ask_back=0.0, skip=0.0)
    return odds


@Language.factory("act", assigns=["doc._.act", "doc._.certainty"])
def act(nlp: Language, name: str) -> "ActReader":
    return ActReader()


class ActReader:
    """Sets `doc._.act` and `doc._.certainty` from all that was found before; for ask_back also the entity `topic`."""

    def __call__(self, doc: Doc) -> Doc:
        _ = doc._
        reading = Reading(
            _.plain, _.expecting, _.score, _.sentiment, _.strength, _.severity, _.tag_spans, _.likely, _.felt
        )  # fmt: skip
        doc._.act, doc._.certainty = act_of(reading)
        if doc._.act in _ASIDE and _.severity != "critical" and len(doc) <= _ASIDE_TOKENS:
            doc._.tags, doc._.tag_spans = (), ()  # "说错了" of a score, "is this a scam?": nothing is said of the shop
            doc._.severity = "none"
        topic = topic_of(_.plain) if doc._.act == "ask_back" else None
        if topic:
            doc._.entities = {**(_.entities or {}), "topic": topic}
        return doc
