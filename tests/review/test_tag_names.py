"""A tag is found by what is typed of it."""

import pytest

from bot.review.label import Label


def test_a_whole_key_or_a_part_that_only_one_has(tags):
    assert tags.find("queue_too_long") == ("queue_too_long", "negative")
    assert tags.find("Queue_Too-") == ("queue_too_long", "negative")
    assert tags.find("queue_too_long+") == ("queue_too_long", "positive")
    assert tags.find("staff_friendly") == ("staff_friendly", "positive")


@pytest.mark.parametrize("typed", ["staff", "zebra", "-", "+"])
def test_several_or_none_is_not_guessed(tags, typed):
    assert tags.find(typed) is None


def test_what_begins_so_comes_first_each_with_its_sign(tags):
    found = tags.matches("queue")
    assert found[0].startswith("queue") and all(one[-1] in "+-0" for one in found)
    assert tags.matches("queue_too_long0") == ["queue_too_long0"]
    assert tags.matches("zebra") == []


def test_a_label_changes_within_its_bounds():
    label = Label("other", 4)
    assert label.felt(1).felt(1).sentiment == 5 and Label("other", -5).felt(-1).sentiment == -5
    one = label.toggled("a", "negative")
    assert one.shown_tags() == "a-" and one.toggled("a", "positive").shown_tags() == "a+"
    assert one.toggled("a", "negative").tags == ()
    with pytest.raises(ValueError):
        label.with_severity("terrible")
