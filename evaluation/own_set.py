"""Our own labelled sentences, `tests/eval/*.jsonl`. Who labelled them, and how: `tests/eval/README.md`."""

from pathlib import Path
from typing import Dict, List, Literal, Optional, Tuple

from pydantic import validator

from bot.core.model import Model, one_of
from bot.core.types import ACTS, LANGUAGES, SEVERITIES

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "eval"
FILES: Dict[str, str] = {"zh-Hans": "zh_hans.jsonl", "zh-Hant": "zh_hant.jsonl", "en": "en.jsonl"}
KINDS = ("score", "act", "critical", "lookalike", "tags")
POLARITIES = ("positive", "neutral", "negative")
Expecting = Literal["csat", "nps", "ces", "experience", "yesno", "text"]


class Sentence(Model):
    """What a customer might type, and what a person says it is.

    expecting: what the bot has just asked; None when nothing is open.
    act: the leading one, to which the bot should react first.
    tags: (key of a tag, polarity) for every opinion that fits one.
    kind: what the sentence was written to try.
    """

    text: str
    expecting: Optional[Expecting]
    language: str
    act: str
    score: Optional[float]
    sentiment: str
    severity: str
    tags: List[Tuple[str, str]]
    kind: str

    _language = validator("language", allow_reuse=True)(one_of(LANGUAGES))
    _act = validator("act", allow_reuse=True)(one_of(ACTS))
    _sentiment = validator("sentiment", allow_reuse=True)(one_of(POLARITIES))
    _severity = validator("severity", allow_reuse=True)(one_of(SEVERITIES))
    _kind = validator("kind", allow_reuse=True)(one_of(KINDS))

    @validator("tags", each_item=True)
    def _known_polarity(cls, tag: Tuple[str, str]) -> Tuple[str, str]:
        one_of(POLARITIES)(tag[1])
        return tag


def sentences(language: str) -> List[Sentence]:
    """The sentences of a language. Raises ValidationError for a line whose labels are not ours."""
    lines = (FOLDER / FILES[language]).read_text("utf-8").splitlines()
    return [Sentence.parse_raw(line) for line in lines]


def all_sentences() -> List[Sentence]:
    """Those of all languages."""
    return [one for language in LANGUAGES for one in sentences(language)]
