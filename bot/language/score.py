"""The exact score a text gives on a scale, or None. Never a guess: on any doubt the answer is None.

A number counts where its place says that it is the rating: alone in its clause, first, with 分 / stars / points, after
a word of giving. `score_spelling` writes every number the same way, `score_masks` blanks those that are something else,
`score_refusals` knows what is denied, wished or somebody else's. Halves ("4.5", 四分半) are taken as they are said,
finer parts are none. Two different values give None, unless the customer corrected the first.
"""

import re
from typing import List, NamedTuple, Optional

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Scale, Score
from bot.language import score_patterns as patterns
from bot.language.numerals import value_of
from bot.language.score_masks import mask
from bot.language.score_refusals import refused, taken_off
from bot.language.score_spelling import spelled

if not Doc.has_extension("score"):
    Doc.set_extension("score", default=None)

_LONGEST = 600  # characters; a rating with its reason is short, and what comes later is story
_EDGES = re.compile(r"^[ .!。~,]+|[ .!。~,]+$")


class Candidate(NamedTuple):
    """A number that stands where a rating stands.

    bare: only its place says so; no unit, no sign, no word of giving.
    """

    start: int
    end: int
    value: Optional[float]
    bare: bool = False


def score(text: str, scale: Optional[str], asked: bool = True) -> Optional[Score]:
    """The rating in `text` on `scale` (a key of SCALES), or None.

    asked: the scale's question was just asked. If not, only a correction ("改成4分") counts.
    """
    known = SCALES.get(scale or "")
    if known is None:
        return None
    form = spelled(text[:_LONGEST])
    if not asked and not patterns.CORRECTING.search(form):
        return None
    value = _value(form, known, asked)
    if value is None or not known.holds(value) or 2 * value != int(2 * value):
        return None
    return int(value) if value == int(value) else value


def _value(form: str, scale: Scale, asked: bool) -> Optional[float]:
    if asked and scale.key == "csat" and _EDGES.sub("", form) in patterns.WORDED:
        return patterns.WORDED[_EDGES.sub("", form)]
    if asked and patterns.MIDDLE.match(form):
        return (scale.low + scale.high) / 2
    masked = mask(form, scale)
    if masked is None or patterns.LIST.match(masked):
        return None
    doubt = _doubt_ends(masked)
    found = candidates(masked, scale)
    if doubt:
        found = [one for one in found if one.start >= doubt and patterns.SETTLED.search(masked[doubt : one.start])]
    last = found[-1] if found else None
    # "waited 3 hours. 3." might repeat the hours.
    if last and last.bare and len(found) == 1 and last.start > 0 and last.value != 1 and _is_echo(form, masked, last):
        return None
    return _decided(masked, found)


def _doubt_ends(form: str) -> int:
    """Where the last "3 or 4" ends; 0 if there is none, or it is a change from one to the other."""
    if patterns.CHANGED.search(form):
        return 0
    ends = [0]
    for pattern in (patterns.UNSURE, patterns.UNSURE_ZH):
        for match in pattern.finditer(form):
            one, other = [part for part in match.groups() if part][:2]
            if one.strip() != other.strip() and not taken_off(form, match.start()):
                ends.append(match.end())
    return max(ends)


def _is_echo(form: str, masked: str, last: Candidate) -> bool:
    said = [match for match in patterns.NUMBER.finditer(form) if value_of(match.group("n")) == last.value]
    kept = [match for match in patterns.NUMBER.finditer(masked) if value_of(match.group("n")) == last.value]
    return len(said) > len(kept)


def candidates(form: str, scale: Scale) -> List[Candidate]:
    """Every number in the masked form that stands where a rating stands and is not taken back."""
    found = {}
    for match in patterns.NUMBER.finditer(form):
        one = _candidate(form, match, scale)
        if one is None:
            continue
        if not refused(form, one.start, match.end("n"), match.end()):
            found[one.start] = one
        elif match.group("half"):
            found[one.start] = one._replace(value=None)  # "four, four and a half tops" is no clear four either
    for pattern, value in ((patterns.FULL, scale.high), (patterns.LOWEST, scale.low)):
        for match in pattern.finditer(form):
            if not refused(form, match.start(), match.end(), match.end()):
                found[match.start()] = Candidate(match.start(), match.end(), value)
    if scale.key == "csat":  # stars are five everywhere, so they mean nothing on another scale
        for match in patterns.STARS.finditer(form):
            if not _beside_a_number(form, match):
                drawn = sum(match.group().count(star) for star in "⭐★🌟")
                half = 0.5 if patterns.HALF_STAR.match(form, match.end()) else 0
                found[match.start()] = Candidate(match.start(), match.end(), drawn + half)
    return [found[start] for start in sorted(found)]


def _beside_a_number(form: str, stars: "re.Match[str]") -> bool:
    """Whether one star is drawn as a unit: "4⭐", "⭐4"."""
    if len(stars.group().strip()) > 1:
        return False
    return bool(
        re.search(r"[\d_分颗粒个一二两三四五六七八九十]\s*$", form[: stars.start()])
        or re.match(r"\s?[\d_x]", form[stars.end() :])
    )


def _candidate(form: str, match: "re.Match[str]", scale: Scale) -> Optional[Candidate]:
    value = _signed(match, scale)
    start, unit = match.start(), match.group("unit")
    if match.group("sign") in ("加", "减") and (scale.low >= 0 or unit):
        return None
    made = Candidate(start, match.end(), value)
    if match.group("half"):
        return made
    if unit:
        after = form[match.end() :]
        other = patterns.NOT_POINTS.match(form, match.end()) or patterns.is_attribute(unit, after)
        foreign = unit.startswith(patterns.STAR_UNITS) and scale.key != "csat"
        return None if other or foreign or patterns.is_cents(form, start) else made
    return _by_place(form, match, made)


def _by_place(form: str, match: "re.Match[str]", made: Candidate) -> Optional[Candidate]:
    """A number without a unit counts by what stands before it in its clause and by how it goes on."""
    left = _clause_before(form, made.start)
    before, after = form[: made.start], form[match.end("n") :]
    ends = bool(patterns.ENDS.match(after))
    on = ends or _goes_on(match, after)
    given = patterns.GIVEN_ZH.search(before) or patterns.GIVEN_EN.search(before)
    if given and on:
        return made
    if patterns.SAID_ZH.search(before) and patterns.NOT_THAT.match(after):
        return made
    if patterns.ARTICLE.search(left) and (ends or patterns.WHY_EN.match(after)):
        return made
    opens = patterns.OPENS_EN.match(left) or patterns.OPENS_ZH.match(left)
    if (opens or patterns.EACH_BEFORE.search(before)) and patterns.EACH_AFTER.match(after):
        return made
    first = patterns.OPENS_EN.match(before) or patterns.OPENS_ZH.match(before)
    if (first and on) or (opens and ends):
        return made._replace(bare=True)
    if made.start == 0 and match.group("sign"):
        return made
    alone = not patterns.NUMBER.search(before)
    if alone and patterns.OPINED_BEFORE.search(before) and re.fullmatch(r"[\s.!。~]*", after):
        return made._replace(bare=True)
    return None


def _clause_before(form: str, start: int) -> str:
    """What stands before a number in its clause: since the last pause, or the number before it ("3 no wait 4")."""
    before = form[max(0, start - 80) : start]
    ends = [found.end() for pattern in (patterns.PAUSE, patterns.NUMBER) for found in pattern.finditer(before)]
    return before[max(ends, default=0) :]


def _goes_on(match: "re.Match[str]", after: str) -> bool:
    """Whether what follows the number goes on about the rating, and does not count something."""
    goes_on_zh = patterns.GOES_ON_ZH if match.group("n").isascii() else patterns.GOES_ON_NUMERAL
    if goes_on_zh.match(after):
        return True
    clause = patterns.PAUSE.split(after)[0]
    if value_of(match.group("n")) == 1:
        return bool(patterns.WHY_EN.match(after))
    if patterns.GOES_ON_EN.match(after):
        return not re.match(r"\s(?:were|are)\b", after)
    opined = patterns.OPINED.match(after) or patterns.SUBJECT.match(after)
    return bool(opined and not patterns.is_quantity(clause))


def _signed(match: "re.Match[str]", scale: Scale) -> Optional[float]:
    value = value_of(match.group("n"))
    if value is None:
        return None
    if match.group("half"):
        value += 0.5
    sign = (match.group("sign") or "").strip()
    return -value if sign in ("-", "负", "减") else value


def _decided(form: str, found: List[Candidate]) -> Optional[float]:
    """The one value, or the last one when what stands before it takes the others back."""
    if not found:
        return None
    last = found[-1]
    if len({one.value for one in found}) == 1:
        return last.value
    others = [one for one in found if one.value != last.value]
    between = form[others[-1].end : last.start]
    taken_back = patterns.TAKEN_BACK.search(between) and not patterns.HEDGE.search(between)
    return last.value if taken_back or patterns.TAKEN_BACK_BY.match(form, last.end) else None


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
