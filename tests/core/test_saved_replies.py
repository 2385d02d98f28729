"""Replies ready to be sent after a look at them."""

import pytest

from bot.core.saved_replies import GAP, VARIABLES, filled, fitting_first
from bot.core.types import LANGUAGES

ALL = dict.fromkeys(VARIABLES, "x")


def test_those_written_for_such_a_case_come_first_and_none_is_left_out(definitions):
    replies = definitions.saved_replies
    ordered = fitting_first(replies, "ordering_and_payment", "low")
    assert sorted(reply.key for reply in ordered) == sorted(reply.key for reply in replies)
    suits = [reply.suits("ordering_and_payment", "low") for reply in ordered]
    assert suits == sorted(suits, reverse=True) and any(suits)
    assert not next(reply for reply in replies if reply.severity == ["critical"]).suits("product_quality", "low")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_shipped_one_can_be_filled_in(definitions, language):
    assert len(definitions.saved_replies) == 12
    for reply in definitions.saved_replies:
        text = filled(reply, language, ALL)
        assert "{" not in text and 20 < len(text) < 500, reply.key


def test_what_a_case_lacks_is_a_gap_and_a_value_is_never_read_as_a_variable(definitions):
    reply = next(one for one in definitions.saved_replies if one.key == "taking_over")
    text = filled(reply, "en", {"customer": "{agent} {0.__class__}", "agent": None, "brand": "Hearthside"})
    assert "{agent} {0.__class__}" in text and GAP in text
