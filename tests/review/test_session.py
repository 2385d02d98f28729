"""A review as the operator goes through it, on a real store: what is typed, and what is then in store and files."""

import io

import pytest

from bot.core import records as r
from bot.core.services import erasing, reviewing
from bot.review import measured
from bot.review.keys import Lines
from bot.review.session import Session
from bot.review.shelf import Shelf
from tests.review.conftest import ROOT, added
from tests.store import samples as s

WOBBLY = "aye that shelf is a wee bit squint, call 13812345678 about HS100241"
NEUTRAL = "aye that shelf is a wee bit squint, call 00000000000 about HS000000"


def said(ports, id: str, text: str, seconds: float = 0, **values) -> None:
    """Words of Ann that nobody was sure of."""
    values = {"act": "other", "certainty": 0.31, "language": "en", "sentiment": "neutral", **values}
    with ports.store.begin() as tx:
        if tx.conversation("c1") is None:
            tx.save_customer(r.Customer("p1", name="Ann Lee"))
            tx.add_conversation(s.conversation(customer_id="p1", language="en"))
            tx.add_message(s.message("asked", sender="bot", text="How was it?"))
        tx.add_message(s.message(id, text=text))
        tx.add_verbatim(s.verbatim(f"v-{id}", id, text=text, at=s.at(seconds), **values))


@pytest.fixture
def review(ports, root, reader, tags):
    """Types the given lines at whatever waits; what was shown."""

    def run(*lines: str) -> str:
        out = io.StringIO()
        keys = Lines(io.StringIO("".join(f"{line}\n" for line in lines)), out)
        session = Session(ports, reader, tags, Shelf(root, measured.texts(ROOT)), keys, out)
        session.run(reviewing.waiting(ports))
        return out.getvalue()

    return run


def opinions(root) -> str:
    path = root / "data/opinions/en/from_use.tsv"
    return path.read_text("utf-8") if path.exists() else ""


def waiting(ports):
    return [one.verbatim.message_id for one in reviewing.waiting(ports)]


def test_one_key_says_the_act_and_nobodys_numbers_are_kept(ports, root, review):
    said(ports, "m1", WOBBLY)
    shown = review("c")
    assert "asked    How was it?" in shown and "31%" in shown and f"kept as  {NEUTRAL}" in shown
    assert "13812345678" not in shown
    assert added(root, "nlu/en.yml") == f"    - {NEUTRAL}\n"
    assert opinions(root).split("\t")[:2] == [NEUTRAL, "complain"]
    whole = "".join(path.read_text("utf-8") for path in root.rglob("data/**/*.*"))
    assert "1381234" not in whole and "5678 about" not in whole and "100241" not in opinions(root)
    assert waiting(ports) == [], "what was reviewed is not shown again"


def test_everything_of_the_label_can_be_changed_before(ports, root, review):
    said(ports, "m1", "aye that shelf is a wee bit squint")
    review("-", "-", "+", "-", "s", "3", "t", "queue_too_long", "t", "staff_friendly-", "t", "queue_too_long-", "")
    assert opinions(root) == "aye that shelf is a wee bit squint\tother\t-4\thigh\tstaff_friendly-\n"


def test_enter_says_it_was_right_with_the_tags_as_an_agent_corrected_them(ports, root, review):
    said(ports, "m1", "aye that shelf is a wee bit squint", act="complain", certainty=None)
    tag = s.tag("v-m1", "queue_too_long")
    with ports.store.begin() as tx:
        tx.add_tag(tag)
        tx.add_tag(s.tag("v-m1", "a_tag_of_older_definitions"))
        tx.add_case(s.case())
        tx.add_case_event(r.CaseEvent("k1", "tags_corrected", s.at(9), "lee", {"added": [dict(vars(tag))]}))
    assert "an agent corrected: +queue_too_long" in review("")
    fields = opinions(root).rstrip("\n").split("\t")
    assert (fields[1], fields[4]) == ("complain", "queue_too_long-")


def test_what_is_passed_over_teaches_nothing_and_comes_no_more(ports, root, review):
    said(ports, "m1", "hjkl hjkl hjkl")
    said(ports, "m2", "asdf asdf asdf")
    review("n", " ")
    assert waiting(ports) == [] and added(root, "nlu/en.yml") == "" and opinions(root) == ""


def test_the_last_ones_are_undone_one_after_another(ports, root, review):
    said(ports, "m1", "aye that shelf is a wee bit squint")
    said(ports, "m2", "a wee bit of a zebra it was", 60)
    assert "nothing to undo" in review("u", "p", "n", "u", "u", "d", "q")
    assert waiting(ports) == ["m1"]
    assert added(root, "nlu/en.yml") == "    - a wee bit of a zebra it was\n"
    assert opinions(root).split("\t")[1] == "deny" and opinions(root).count("\n") == 1
    assert waiting(ports) == ["m1"]


@pytest.mark.parametrize("end", [("q",), ()])
def test_quitting_and_the_end_of_the_input_keep_what_was_done(ports, root, review, end):
    said(ports, "m1", "aye that shelf is a wee bit squint")
    said(ports, "m2", "a wee bit of a zebra it was", 60)
    review("c", *end)
    assert waiting(ports) == ["m1"] and "zebra" in opinions(root)


def test_keys_that_mean_nothing_change_nothing(ports, root, review):
    said(ports, "m1", "aye that shelf is a wee bit squint")
    shown = review("!", "s", "9", "t", "zebra", "t", "staff", "t", "", "?", "q")
    assert "no such tag" in shown and "which? staff" in shown and shown.count("m request_remedy") == 2
    assert waiting(ports) == ["m1"] and opinions(root) == ""


def test_words_erased_while_they_were_shown_are_not_kept(ports, root, reader, tags):
    said(ports, "m1", WOBBLY)
    items = reviewing.waiting(ports)
    erasing.erase(ports, "p1", lambda *ids: None, "terminal")
    out = io.StringIO()
    Session(ports, reader, tags, Shelf(root), Lines(io.StringIO("c\n"), out), out).run(items)
    assert "erased" in out.getvalue() and added(root, "nlu/en.yml") == "" and opinions(root) == ""


def test_what_cannot_be_kept_waits_on(ports, root, review):
    said(ports, "m1", "aye that shelf is a wee bit squint")
    (root / "data/opinions").mkdir()
    (root / "data/opinions/en").write_text("a file where a folder should be")
    assert "not kept" in review("c", "q")
    assert waiting(ports) == ["m1"] and added(root, "nlu/en.yml") == ""


def test_the_customers_name_and_the_staffs_are_not_learnt(ports, root, review):
    said(ports, "m1", "Lee here, aye that waiter named Bob wobbles like jelly")
    review("c")
    assert added(root, "nlu/en.yml") == "    - XXX here, aye that waiter named XXX wobbles like jelly\n"


def test_words_that_are_code_for_a_terminal_are_only_words(ports, review):
    said(ports, "m1", "\x1b[2J\x1b]0;owned\x07 wobbly jelly")
    shown = review("q")
    assert "\x1b" not in shown and "\x07" not in shown
