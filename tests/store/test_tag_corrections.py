"""Tags that a person adds or removes, on both databases."""

from tests.store import samples as s


def filled(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_case(s.case())
        for number in (1, 2):
            tx.add_message(s.message(f"m{number}"))
            tx.add_verbatim(s.verbatim(f"v{number}", f"m{number}", case_id="k1"), [s.tag(f"v{number}")])


def test_a_tag_is_removed_where_it_is_the_same_in_every_field(store):
    filled(store)
    with store.begin() as tx:
        tx.add_tag(s.tag("v1", "rude"))
        tx.remove_tag(s.tag("v1"))
        tx.remove_tag(s.tag("v2", evidence="something else"))
        tx.remove_tag(s.tag("v2", polarity="positive"))
    with store.read() as tx:
        assert set(tx.tags_of_case("k1")) == {s.tag("v1", "rude"), s.tag("v2")}


def test_the_words_of_a_message(store):
    filled(store)
    with store.read() as tx:
        assert tx.verbatim_of_message("m2") == s.verbatim("v2", "m2", case_id="k1")
        assert tx.verbatim_of_message("none") is None


def test_words_with_quotes_and_percent_signs_are_only_words(store):
    filled(store)
    odd = s.tag("v1", evidence="'; DROP TABLE tags; -- 100 %")
    with store.begin() as tx:
        tx.add_tag(odd)
        tx.remove_tag(s.tag("v1", evidence="%"))
    with store.begin() as tx:
        assert odd in tx.tags_of_case("k1")
        tx.remove_tag(odd)
        assert odd not in tx.tags_of_case("k1")
