import pytest

from tests.store import samples as s


@pytest.fixture
def cases(store):
    with store.begin() as tx:
        for key in ("k1", "k2"):
            tx.add_conversation(s.conversation(key))
            tx.add_case(s.case(key, key))
    return store


def test_who_looks_at_which_case(cases):
    with cases.begin() as tx:
        tx.see_case("k1", "小林", s.at(0))
        tx.see_case("k1", "Mei", s.at(5))
        tx.see_case("k2", "Mei", s.at(5))
    with cases.read() as tx:
        assert tx.viewers(["k1", "k2", "none"], s.at(0)) == {"k1": ["Mei", "小林"], "k2": ["Mei"]}
        assert tx.viewers(["k1"], s.at(1)) == {"k1": ["Mei"]}, "a sign of life grows old"
        assert tx.viewers(["k1"], s.at(6)) == tx.viewers([], s.at(0)) == {}


def test_a_further_sign_of_life_keeps_somebody_there(cases):
    with cases.begin() as tx:
        tx.see_case("k1", "Mei", s.at(0))
        tx.see_case("k1", "Mei", s.at(9))
    with cases.read() as tx:
        assert tx.viewers(["k1"], s.at(9)) == {"k1": ["Mei"]}


def test_who_leaves_is_gone_at_once_and_only_from_there(cases):
    with cases.begin() as tx:
        tx.see_case("k1", "Mei", s.at(0))
        tx.see_case("k2", "Mei", s.at(0))
        tx.leave_case("k1", "Mei")
        tx.leave_case("k1", "nobody")
        assert tx.viewers(["k1", "k2"], s.at(0)) == {"k2": ["Mei"]}
