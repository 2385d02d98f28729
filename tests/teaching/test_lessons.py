"""What is taught, as numbers."""

from pathlib import Path

import pytest

from bot.core.types import ACTS
from teaching.lessons import FEWEST, course
from teaching.vocabulary import kept_pieces


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    for name in ("zh_hans", "zh_hant", "en"):
        examples = "nlu:\n- intent: thank\n  examples: |\n    - ta\n- intent: complain\n  examples: |\n    - it leaks\n"
        (tmp_path / "data" / "nlu" / f"{name}.yml").write_text(examples, "utf-8")
    (tmp_path / "data" / "opinions" / "en").mkdir(parents=True)
    lines = [f"slow number {n}\tcomplain\t-3\tmedium\tslow- kind+" for n in range(FEWEST)]
    lines += ["it burnt me\tcomplain\t-5\tcritical\tburn-", "lovely\tpraise\t4\tnone\t"]
    (tmp_path / "data" / "opinions" / "en" / "made.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


CATEGORIES = {"slow": "speed", "kind": "staff", "burn": "things"}


def test_labels_are_what_occurs_often_enough(folder):
    made = course(folder, CATEGORIES)
    assert made.labels["tag"] == ["kind+", "slow-"]  # burn- only once
    assert made.labels["topic"] == ["speed-", "staff+"]
    assert made.labels["act"] == list(ACTS)


def test_a_sentence_has_its_labels(folder):
    made = course(folder, CATEGORIES)
    slow = made.lessons[0]
    assert (slow.feeling, slow.strength, slow.severity, slow.tags, slow.topics) == (0, -3, 2, (0, 1), (0, 1))
    burnt, lovely = made.lessons[FEWEST], made.lessons[FEWEST + 1]
    assert (burnt.severity, burnt.tags) == (4, ())
    assert (lovely.feeling, lovely.opinion) == (2, True)


def test_an_example_of_a_silent_act_has_no_opinion_and_one_of_another_says_nothing_of_it(folder):
    by_text = {one.text: one for one in course(folder, CATEGORIES).lessons}
    assert by_text["ta"].opinion and by_text["ta"].feeling == 1
    assert not by_text["it leaks"].opinion


def test_the_digest_follows_the_sentences(folder):
    before = course(folder, CATEGORIES).digest
    assert course(folder, CATEGORIES).digest == before
    path = folder / "data" / "opinions" / "en" / "made.tsv"
    path.write_text(path.read_text("utf-8").replace("lovely", "lovelier"), "utf-8")
    assert course(folder, CATEGORIES).digest != before


class Pieces:
    def __init__(self, *pieces: str) -> None:
        self.pieces = ["<s>", "<pad>", "</s>", "<unk>", *pieces]


def test_pieces_of_our_languages_are_kept():
    base = Pieces("▁good", "▁gut", "好", "們", "们", "▁12", "😡", "の", "▁Good", "▁")
    kept = [base.pieces[i] for i in kept_pieces(base, Pieces("▁good", "▁Good", "▁"))]
    assert kept == ["<s>", "<pad>", "</s>", "<unk>", "▁good", "好", "们", "▁12", "😡", "▁"]
