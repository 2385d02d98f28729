"""What was erased is nobody's: nothing is stored in it, nothing is said in it, and nobody makes it speak again."""

import pytest

from bot.core import records as r
from bot.core.services import agents, erasing, opening, receiving, upkeep


@pytest.fixture
def erased(ports, talk):
    """A conversation whose case a person had been given before its customer was erased."""
    talk.complains()
    talk.says("a person please", "ask_human")
    talk.case_id = talk.case.id
    erasing.erase(ports, "C1001", lambda _: None, "api")
    return talk


def test_a_late_message_is_answered_and_not_kept(ports, erased):
    before = erased.messages
    received = receiving.receive(ports, erased.id, "web", "my secret", message_id="late")
    assert not received.answer and [one.text for one in received.replies] == [erased.line("conversation_deleted")]
    assert erased.messages == before and "my secret" not in str(erased.messages)


def test_opening_its_page_says_nothing(ports, erased):
    before = erased.conversation
    opening.open_conversation(ports, erased.id)
    assert erased.conversation == before


def test_an_apology_that_was_under_way_is_not_stored(ports, erased):
    message = r.Message("m", erased.id, "customer", "", ports.clock())
    assert receiving.hold_on(ports, message) == []


def test_the_case_is_still_a_persons_to_close_and_the_bot_stays_silent(ports, clock, erased):
    said = len(erased.heard)
    agents.claim(ports, erased.case_id, "lin")
    agents.release(ports, erased.case_id, "lin")
    agents.resolve(ports, erased.case_id, "lin", "system", "done", "told")
    clock.forward(days=1)
    upkeep.look_after_the_silent(ports)
    assert upkeep.unanswered(ports) == []
    assert erased.conversation.owner == r.NOBODY and erased.conversation.open_question is None
    assert len(erased.heard) == said
    with ports.store.read() as tx:
        assert tx.case(erased.case_id).status == "resolved"
