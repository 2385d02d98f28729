"""The exact score a text gives on a scale, or None. Never a guess: on any doubt the answer is None.

A number counts where its place says that it is the rating: alone, first, last after a pause, with 分 / stars / points,
after a word of giving. Numbers that are something else are masked first. Half values ("4.5", 四分半) are not offered on
any scale and give None. Two different values give None, unless the customer corrected the first. All on the plain form.
"""

import re
from typing import List, NamedTuple, Optional

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Scale, Score
from bot.language import score_patterns as patterns
from bot.language.numerals import value_of
from bot.language.plain import plain

if not Doc.has_extension("score"):
    Doc.set_extension("score", default=None)

_LONGEST = 600  # characters; a rating with its reason is short, and what comes later is story


class Candidate(NamedTuple):
    """A number that stands where a rating stands."""

    start: int
    end: int
    value: Optional[float]


def score(text: str, scale: Optional[str], asked: bool = True) -> Optional[Score]:
    """The rating in `text` on `scale` (a key of SCALES), or None.

    asked: the scale's question was just asked. If not, only a correction ("改成4分") counts.
    """
    known = SCALES.get(scale or "")
    if known is None:
        return None
    form = plain(patterns.tidy(text[:_LONGEST])).strip()
    if not asked and not patterns.CORRECTING.search(form):
        return None
    value = _value(form, known, asked)
    if value is None or value != int(value) or not known.holds(value):
        return None
    return int(value)


def _value(form: str, scale: Scale, asked: bool) -> Optional[float]:
    worded = (
        patterns.WORDED.get(re.sub(r"^[ .!。~,]+|[ .!。~,]+$", "", form)) if scale.key == "csat" and asked else None
    )
    if worded is not None:
        return worded
    if patterns.ABOUT_THE_SCALE.search(form):
        return None
    stars = _stars(form, scale)
    if stars is not None:
        return stars
    top = patterns.STATED_TOP.search(form)
    if top and value_of(top.group(1)) != scale.high:
        return None
    form = patterns.mask(form, scale)
    if patterns.UNSURE.search(form) and not patterns.CHANGED.search(form):
        return None
    return _decided(form, _candidates(form, scale))


def _stars(form: str, scale: Scale) -> Optional[float]:
    """The count of stars drawn; stars are five everywhere, so they mean nothing on another scale."""
    runs = patterns.STARS.findall(form)
    if not runs or scale.key != "csat" or patterns.ANY_DIGIT.search(form):
        return None
    return sum(run.count("⭐") + run.count("★") + run.count("🌟") for run in runs) if len(runs) == 1 else None


def _candidates(form: str, scale: Scale) -> List[Candidate]:
    found = {}
    for pattern in patterns.RATINGS:
        for match in pattern.finditer(form):
            start, end = match.span("n")
            if "星" in match.group(0) + form[end : end + 2] and scale.key != "csat":
                continue
            if not patterns.rejected(form, match.start(), start, end):
                found[start] = Candidate(start, end, _signed(match))
    for match in patterns.FULL.finditer(form):
        if not patterns.rejected(form, match.start(), match.start(), match.end()):
            found[match.start()] = Candidate(match.start(), match.end(), scale.high)
    return [found[start] for start in sorted(found)]


def _signed(match: "re.Match[str]") -> Optional[float]:
    value = value_of(match.group("n"))
    sign = (match.group("sign") or "").strip()
    return -value if value is not None and sign and sign != "+" else value


def _decided(form: str, candidates: List[Candidate]) -> Optional[float]:
    """The one value, or the last one when what stands before it takes the others back."""
    if not candidates:
        return None
    last = candidates[-1]
    if len({candidate.value for candidate in candidates}) == 1:
        return last.value
    others = [candidate for candidate in candidates if candidate.value != last.value]
    between = form[others[-1].end : last.start]
    return last.value if patterns.TAKEN_BACK.search(between) else None


@Language.factory("score", assigns=["doc._.score"])
def score_component(nlp: Language, name: str) -> "ScoreReader":
    return ScoreReader()


class ScoreReader:
    """Sets `doc._.score` from `doc._.expecting`, or from `doc._.scale`, the last scale asked, if it is a correction."""

    def __call__(self, doc: Doc) -> Doc:
        if doc._.expecting in SCALES:
            doc._.score = score(doc.text, doc._.expecting)
        else:
            doc._.score = score(doc.text, doc._.scale, asked=False)
        return doc
