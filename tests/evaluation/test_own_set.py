"""Our labelled sentences: their shape, their labels, and that the pipeline has not learned them by heart."""

from collections import Counter
from pathlib import Path
from typing import Iterator

import pytest
from pydantic import ValidationError

from bot.core.definitions import Definitions
from bot.core.types import ACTS, LANGUAGES, SCALES
from bot.language.plain import plain
from bot.language.training import EXAMPLES, examples_in
from evaluation.own_set import Sentence, all_sentences, sentences

ROOT = Path(__file__).resolve().parents[2]
SHORT = 5  # letters below which everybody writes the same
NUMBERS = {"score": 60, "act": 90, "critical": 50, "lookalike": 60, "tags": 60}


def letters(text: str) -> str:
    """The plain form without punctuation, digits, signs and spaces."""
    return "".join(character for character in plain(text) if character.isalpha())


def learned() -> Iterator[str]:
    """Every text that the pipeline learns from."""
    for name in EXAMPLES:
        for _, text in examples_in(ROOT / name):
            yield text
    for path in sorted((ROOT / "data" / "opinions").glob("*/*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            yield line.split("\t")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_as_many_of_each_kind_as_the_readme_says(language: str) -> None:
    own = sentences(language)
    assert Counter(one.kind for one in own) == NUMBERS
    assert {one.language for one in own} == {language}
    assert min(Counter(one.act for one in own if one.kind == "act")[act] for act in ACTS) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_stand_on_the_scale_that_was_asked_and_many_are_null(language: str) -> None:
    own = sentences(language)
    given = [one for one in own if one.score is not None]
    assert [one.text for one in given if not SCALES[one.expecting or ""].holds(one.score or 0)] == []
    assert sum(one.score is None for one in own if one.kind == "score") >= 25


def test_what_is_critical_and_what_only_sounds_so_are_labelled_as_such() -> None:
    own = all_sentences()
    assert {one.severity for one in own if one.kind == "critical"} == {"critical"}
    assert "critical" not in {one.severity for one in own if one.kind == "lookalike"}


def test_every_tag_is_one_of_the_shipped_taxonomy(definitions: Definitions) -> None:
    known = {tag.key for tag in definitions.tags.tags}
    assert {key for one in all_sentences() for key, _ in one.tags} - known == set()


def test_no_sentence_stands_there_twice() -> None:
    forms = Counter((letters(one.text), one.expecting) for one in all_sentences() if len(letters(one.text)) >= SHORT)
    assert [form for form, n in forms.items() if n > 1] == []
    assert max(Counter((one.text, one.language, one.expecting) for one in all_sentences()).values()) == 1


def test_no_sentence_stands_in_what_the_pipeline_learns_from() -> None:
    known = {letters(text) for text in learned()}
    assert len(known) > 1_000, "the training text was not found"
    own = [one.text for one in all_sentences() if len(letters(one.text)) >= SHORT]
    assert [text for text in own if letters(text) in known] == []


@pytest.mark.parametrize(
    "wrong", [{"act": "rating"}, {"expecting": "stars"}, {"tags": [["damaged", "bad"]]}, {"kind": "x"}, {"topic": "x"}]
)
def test_a_label_that_is_not_ours_is_refused(wrong: dict) -> None:
    right = all_sentences()[0].dict()
    with pytest.raises(ValidationError):
        Sentence(**{**right, **wrong})
