"""Words that nobody was sure of are kept with that, for whoever reviews them."""

from bot.core.types import TagMention

LATE = TagMention("delivery_late", "delivery_and_logistics", "negative", "three hours late")


def kept(talk):
    return talk.read(lambda tx: tx.verbatim_of_message(talk.message_id))


def test_words_are_kept_with_their_act_and_how_sure_it_was(talk):
    talk.says("hello", "greet")
    talk.says("the grey one, three seats", certainty=0.29)
    assert (kept(talk).act, kept(talk).certainty, kept(talk).reviewed_at) == ("other", 0.29, None)
    talk.says("three hours late", "complain", tags=(LATE,), sentiment="negative")
    assert (kept(talk).act, kept(talk).certainty) == ("complain", None)


def test_a_short_word_is_kept_only_where_nobody_was_sure_of_it(talk):
    talk.says("hello", "greet")
    talk.says("aye", certainty=0.2)
    assert kept(talk).text == "aye"
    talk.says("yes", "affirm")
    assert kept(talk) is None


def test_an_order_number_is_not_kept_however_unsure(talk):
    talk.ports.orders.orders.clear()
    talk.says("hello", "greet")
    talk.complains()
    assert talk.asked.kind == "order"
    talk.says("HS 10o241", certainty=0.2)
    assert kept(talk) is None


def test_it_waits_for_review_with_what_was_asked(talk):
    talk.says("hello", "greet")
    talk.says("mhm the grey one", certainty=0.2)
    (found,) = talk.read(lambda tx: tx.to_review(None, None, 10))
    assert (found.verbatim.text, found.customer_name) == ("mhm the grey one", "Ann")
    assert found.asked == talk.heard[1]
