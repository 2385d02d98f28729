"""The labelled sentences: all can be read, none stands there twice, and a mistake is named with its line and mend."""

from pathlib import Path

import pytest

from bot.definitions.loader import SHIPPED, load
from bot.language.opinions import SIGNS, main, opinions_below, opinions_in, said_twice

ROOT = Path(__file__).resolve().parents[2]
LINE = "等了四十分钟\tcomplain\t-2\tlow\tqueue_too_long- staff_friendly+\n"


def test_there_are_enough_in_each_language_and_their_tags_are_of_the_taxonomy():
    known = {tag.key for tag in load(SHIPPED).tags.tags}
    for language in ("en", "zh_hans", "zh_hant"):
        found = [one for path in sorted((ROOT / "data/opinions" / language).glob("*.tsv")) for one in opinions_in(path)]
        assert len(found) >= 2000
        assert {key for one in found for key, _ in one.tags} <= known
        assert len({key for one in found for key, _ in one.tags}) >= 150


def test_none_stands_there_twice():
    assert said_twice(ROOT) == []


def test_one_is_read(tmp_path):
    folder = tmp_path / "data/opinions/zh_hans"
    folder.mkdir(parents=True)
    (folder / "a.tsv").write_text("# a note\n\n" + LINE, encoding="utf-8")
    (one,) = opinions_below(tmp_path)
    assert (one.text, one.act, one.sentiment, one.severity) == ("等了四十分钟", "complain", -2, "low")
    assert [(key, SIGNS[sign]) for key, sign in one.tags] == [
        ("queue_too_long", "negative"),
        ("staff_friendly", "positive"),
    ]


@pytest.mark.parametrize(
    ("line", "named"),
    [(LINE.replace("\t", " "), "1 columns"), (LINE.replace("complain", "complian"), "'complian'"),
     (LINE.replace("low\t", "tiny\t"), "'tiny'"), (LINE.replace("-2", "-6"), "−5..+5"),
     (LINE.replace("friendly+", "friendly"), "'staff_friendly'")],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_value_and_mend(tmp_path, line, named, capsys):
    path = tmp_path / "data/opinions/en/a.tsv"
    path.parent.mkdir(parents=True)
    path.write_text(LINE + line, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        list(opinions_in(path))
    assert "a.tsv, line 2" in str(caught.value) and named in str(caught.value)
    assert main(tmp_path) == 1 and "line 2" in capsys.readouterr().out


def test_the_same_words_under_two_labels_are_found(tmp_path):
    path = tmp_path / "data/opinions/en/a.tsv"
    path.parent.mkdir(parents=True)
    path.write_text("Not bad!\tpraise\t2\tnone\t\nnot bad\tother\t0\tnone\t\n", encoding="utf-8")
    (found,) = said_twice(tmp_path)
    assert "(other)" in found and "(praise)" in found
