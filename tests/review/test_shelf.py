"""Where labels go, and what is passed over."""

import os

import pytest

from bot.review import files
from bot.review.label import Label
from bot.review.shelf import Shelf
from tests.review.conftest import added

GRUMBLE = Label("complain", -3, "medium", (("queue_too_long", "negative"), ("staff_friendly", "positive")))


def test_an_act_becomes_an_example_and_an_opinion_a_line(root):
    kept = Shelf(root).keep("en", "aye that one wobbles like jelly", GRUMBLE)
    assert added(root, "nlu/en.yml") == "    - aye that one wobbles like jelly\n"
    line = "aye that one wobbles like jelly\tcomplain\t-3\tmedium\tqueue_too_long- staff_friendly+\n"
    assert (root / "data/opinions/en/from_use.tsv").read_text("utf-8") == line
    assert kept.notes == ("into data/nlu/en.yml", "into data/opinions/en/from_use.tsv")


def test_each_language_has_files_of_its_own(root):
    Shelf(root).keep("zh-Hant", "這張桌子晃得跟果凍一樣", Label("complain"))
    assert added(root, "nlu/zh_hant.yml") == "    - 這張桌子晃得跟果凍一樣\n"
    assert added(root, "nlu/en.yml") == added(root, "nlu/zh_hans.yml") == ""
    assert (root / "data/opinions/zh_hant/from_use.tsv").read_text("utf-8").endswith("\tcomplain\t0\tnone\t\n")


def test_what_is_nearly_there_is_passed_over_and_said(root):
    shelf = Shelf(root)
    shelf.keep("zh-Hans", "这张桌子晃得跟果冻一样", Label("complain"))
    for same in ("这张桌子,晃得跟果冻一样!!", "這張桌子晃得跟果凍一樣", "这张桌子晃得跟果冻一样呢"):
        kept = shelf.keep("zh-Hans", same, Label("other"))
        assert kept.changes == () and "zh-Hans, complain" in kept.notes[0]
    assert Shelf(root).keep("zh-Hans", "这张桌子晃得跟果冻一样", Label("other")).changes == ()


def test_short_words_are_told_apart_by_every_letter(root):
    shelf = Shelf(root)
    assert shelf.keep("en", "zub zub", Label("affirm")).changes and shelf.keep("en", "zub zug", Label("deny")).changes


def test_what_measures_is_never_learnt(root):
    kept = Shelf(root, ["The zebra arrived with one hoof missing"]).keep(
        "en", "the zebra arrived with 1 hoof missing!", Label("complain")
    )
    assert kept.changes == () and "measure" in kept.notes[0]


def test_a_long_story_is_an_opinion_but_no_example(root):
    kept = Shelf(root).keep("en", "wobble " * 80, Label("complain"))
    assert [change.path.suffix for change in kept.changes] == [".tsv"]


def test_a_line_that_looks_like_a_comment_is_none(root):
    Shelf(root).keep("en", "#wobbly as jelly", Label("complain"))
    assert (root / "data/opinions/en/from_use.tsv").read_text("utf-8").startswith("＃wobbly")


def test_taken_back_nothing_is_left_of_it(root):
    shelf = Shelf(root)
    kept = shelf.keep("en", "aye that one wobbles like jelly", GRUMBLE)
    shelf.take_back(kept)
    assert added(root, "nlu/en.yml") == "" and not (root / "data/opinions/en/from_use.tsv").exists()
    assert shelf.keep("en", "aye that one wobbles like jelly", GRUMBLE).changes == kept.changes


def test_what_somebody_else_wrote_meanwhile_is_not_lost_by_taking_back(root):
    shelf = Shelf(root)
    kept = shelf.keep("en", "aye that one wobbles like jelly", GRUMBLE)
    path = root / "data/opinions/en/from_use.tsv"
    path.write_text(path.read_text("utf-8") + "more\tother\t0\tnone\t\n", "utf-8")
    with pytest.raises(files.Changed):
        shelf.take_back(kept)
    assert "more" in path.read_text("utf-8") and added(root, "nlu/en.yml") != ""


def test_where_the_second_file_cannot_be_written_the_first_is_as_it_was(root):
    (root / "data/opinions").mkdir()
    (root / "data/opinions/en").write_text("a file where a folder should be")
    with pytest.raises(OSError):
        Shelf(root).keep("en", "aye that one wobbles like jelly", GRUMBLE)
    assert added(root, "nlu/en.yml") == ""


def test_a_file_keeps_its_rights_and_nothing_is_left_beside_it(root):
    path = root / "data/nlu/en.yml"
    path.chmod(0o640)
    Shelf(root).keep("en", "aye that one wobbles like jelly", GRUMBLE)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(path.parent)) == ["en.yml", "zh_hans.yml", "zh_hant.yml"]
