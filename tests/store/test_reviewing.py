"""What an operator should judge, on both databases."""

from bot.core import records as r
from bot.core.review import ToReview
from tests.store import samples as s


def unsure(id: str, seconds: float = 0, **values) -> r.Verbatim:
    values = {"act": "other", "certainty": 0.31, "sentiment": "neutral", "text": f"words of {id}", **values}
    return s.verbatim(f"v-{id}", id, at=s.at(seconds), **values)


def filled(store, *verbatims: r.Verbatim, with_tags=()) -> None:
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1", name="王敏"))
        tx.add_conversation(s.conversation(customer_id="p1"))
        tx.add_case(s.case(customer_id="p1"))
        for verbatim in verbatims:
            tx.add_message(s.message(f"q-{verbatim.message_id}", sender="bot", text=f"asked {verbatim.message_id}"))
            tx.add_message(s.message(verbatim.message_id, text=verbatim.text))
            tx.add_verbatim(verbatim, [tag for tag in with_tags if tag.verbatim_id == verbatim.id])


def corrected(store, seconds: float, added=(), removed=()) -> None:
    details = {"added": [dict(vars(tag)) for tag in added], "removed": [dict(vars(tag)) for tag in removed]}
    with store.begin() as tx:
        tx.add_case_event(r.CaseEvent("k1", "tags_corrected", s.at(seconds), "lee", details))


def waiting(store, since=None, language=None, limit=50):
    with store.read() as tx:
        return tx.to_review(since, language, limit)


def ids(found):
    return [one.verbatim.message_id for one in found]


def test_what_nobody_was_sure_of_waits_the_newest_first(store):
    filled(store, unsure("m1"), unsure("m2", 60), s.verbatim("sure", "m3", act="complain"))
    found = waiting(store)
    assert ids(found) == ["m2", "m1"]
    assert found[0] == ToReview(unsure("m2", 60), asked="asked m2", customer_name="王敏")


def test_by_date_language_and_number(store):
    filled(store, unsure("m1"), unsure("m2", 60, language="en"), unsure("m3", 120, language="other"))
    assert ids(waiting(store)) == ["m2", "m1"], "what is in none of our languages teaches nothing"
    assert ids(waiting(store, since=s.at(30))) == ["m2"]
    assert ids(waiting(store, language="zh-Hans")) == ["m1"]
    assert ids(waiting(store, limit=1)) == ["m2"]


def test_what_was_reviewed_waits_no_more_until_it_is_taken_back(store):
    filled(store, unsure("m1"))
    with store.begin() as tx:
        assert tx.mark_reviewed("v-m1", s.at(5))
    assert waiting(store) == []
    with store.begin() as tx:
        assert tx.verbatim_of_message("m1").reviewed_at == s.at(5)
        assert tx.mark_reviewed("v-m1", None)
    assert ids(waiting(store)) == ["m1"]


def test_corrected_tags_wait_with_what_was_corrected(store):
    old, new = s.tag("v1", "delivery_late"), s.tag("v1", "rude")
    filled(store, s.verbatim(), unsure("m2", 60), with_tags=[new, s.tag("v1")])
    corrected(store, 10, removed=[old])
    corrected(store, 20, added=[new])
    with store.begin() as tx:
        tx.add_case_event(r.CaseEvent("k1", "case_corrected", s.at(30), "lee", {"category": "x"}))
    found = waiting(store)
    assert ids(found) == ["m2", "m1"]
    assert found[1].tags == (new, s.tag("v1"))
    assert (found[1].added, found[1].removed) == (("rude",), ("delivery_late",))


def test_words_reviewed_before_they_were_corrected_wait_again(store):
    filled(store, s.verbatim())
    corrected(store, 10, added=[s.tag("v1")])
    with store.begin() as tx:
        tx.mark_reviewed("v1", s.at(15))
    assert waiting(store) == []
    corrected(store, 20, removed=[s.tag("v1")])
    assert ids(waiting(store)) == ["m1"]


def test_corrected_and_unsure_is_one(store):
    filled(store, unsure("m1"))
    corrected(store, 10, added=[s.tag("v-m1")])
    assert ids(waiting(store)) == ["m1"]


def test_more_corrections_than_one_statement_takes(store):
    filled(store, s.verbatim())
    corrected(store, 10, added=[s.tag("v1"), *(s.tag(f"gone-{n}") for n in range(1100))])
    assert ids(waiting(store)) == ["m1"]


def test_of_an_erased_person_nothing_waits_and_nothing_is_marked(store):
    filled(store, unsure("m1"), s.verbatim("v2", "m2"))
    corrected(store, 10, added=[s.tag("v2")])
    assert len(waiting(store)) == 2
    with store.begin() as tx:
        tx.erase_customer("p1")
    assert waiting(store) == []
    with store.begin() as tx:
        assert not tx.mark_reviewed("v-m1", s.at(5)) and not tx.mark_reviewed("none", s.at(5))


def test_words_that_have_had_their_time_wait_no_more(store):
    filled(store, unsure("m1"))
    with store.begin() as tx:
        tx.save_case(s.case(status="closed", resolved_at=s.at(1)))
        assert tx.forget_words("c1", s.at(1000))
    assert waiting(store) == []
