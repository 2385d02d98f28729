"""A complaint in the first contact: acknowledge, ask only for what is not known yet, offer, or hand over."""

import re
from typing import Optional

from bot.core.services import asking, cases, giving, holding, offering, recovering, second_thoughts
from bot.core.services.errands import Errand
from bot.core.services.escalation import escalate, say_what_happens_next, still_promised
from bot.core.services.turn import Turn
from bot.core.types import WITH_PEOPLE, Score, worst

# Money moves on a clear yes only.
HESITATION = re.compile(
    r"不过|不過|但是|可是|等等|等一下|等下|先别|先不|不要|不用|别|不确定|不確定|再想|考虑|考慮|[?？吗嗎]|"
    r"\b(?:but|wait|hold on|not|no|don't|maybe|perhaps|though|however|instead|unsure|think about)\b",
    re.IGNORECASE,
)


def complain(turn: Turn) -> Optional[Errand]:
    """Opens a case, or adds to the one that is open; one that was solved a week ago or longer stays as it is."""
    case = turn.case
    if case is not None and case.status in WITH_PEOPLE:
        return add_for_person(turn)
    if case is not None and case.status == "recovering":
        return _more(turn)
    if case is not None and cases.is_same_matter(case, turn.now):
        return repeat(turn)
    cases.open_case(turn)
    if turn.understanding.severity == "critical":
        return escalate(turn, "critical")
    cases.acknowledge(turn)
    return recovering.advance(turn)


def _more(turn: Turn) -> Optional[Errand]:
    """More anger, or another wish, in the middle of the recovery: taken in, and the open question keeps its place."""
    asked, case = turn.open, turn.case
    before = case.desired_outcome if case else None
    cases.learn(turn)
    wish = turn.case.desired_outcome if turn.case else None
    if asked and asked.kind == "desired_outcome" and wish is None:
        turn.change_case(desired_outcome="unsure")
    if asked and asked.question == "phone_last4":
        return recovering.take_phone(turn)
    if asked is None or asked.kind not in ("remedy", "order") or turn.understanding.severity == "critical":
        return recovering.advance(turn)
    if asked.kind == "order":
        return recovering.take_order(turn)
    remedy = offering.offered(turn)
    named = turn.understanding.entities.get("remedy")
    if wish != before or (named and remedy and named != remedy.kind) or giving.only_said(turn):
        return offering.decline(turn)
    return offering.unclear(turn)


def repeat(turn: Turn) -> Optional[Errand]:
    """A new complaint on what was thought solved, or another wish: a person takes it, so the first contact failed."""
    case = turn.case
    assert case is not None
    turn.change_case(
        description=cases.added(case, turn.text),
        status="recovering",
        reopened=True,
        first_contact_resolved=False,
        resolved_at=None,
        severity=worst(case.severity, turn.understanding.severity),
    )
    turn.case_event("reopened", text=turn.text)
    if turn.open and turn.open.kind == "recovery_score":
        _give_to_lead(turn)  # said in the place of a score: what was done did not satisfy
    if turn.understanding.severity == "critical":
        return escalate(turn, "critical")
    return escalate(turn, "changed_mind" if second_thoughts.changed_mind(turn) else "not_solved")


def add_for_person(turn: Turn) -> None:
    """What is said while a person has the case, or soon will, is added to it."""
    case = turn.case
    assert case is not None
    severity = worst(case.severity, turn.understanding.severity)
    turn.change_case(description=cases.added(case, turn.text), severity=severity)
    turn.case_event("told_more", text=turn.text)
    if severity == "critical" != case.severity:
        return escalate(turn, "critical")
    if _asks(turn) and still_promised(turn):
        return say_what_happens_next(turn)
    turn.say("noted" if _only_ok(turn) else "added_to_case")


def _only_ok(turn: Turn) -> bool:
    """A mere "ok" is nothing that a colleague would have to know; "ok, I'll take it" is."""
    said = turn.text.strip(" .!。！~～")
    return turn.understanding.act == "affirm" and len(said) <= (5 if said.isascii() else 2)


def _asks(turn: Turn) -> bool:
    """Whether something is asked; of somebody who waits for a person it is when that person comes."""
    return turn.understanding.act in ("ask_back", "order_status") or turn.text.rstrip().endswith(("?", "？"))


def ask_human(turn: Turn) -> Optional[Errand]:
    """The customer wants a person; nothing is asked before that."""
    case = turn.case
    if case is not None and case.status in WITH_PEOPLE:
        return add_for_person(turn)
    if case is None or (case.status != "recovering" and not cases.is_same_matter(case, turn.now)):
        cases.open_case(turn)
        # Who asks for a person is not to wait for days.
        turn.change_case(severity=worst(turn.case.severity if turn.case else "none", "medium"))
    elif case.status != "recovering":
        turn.change_case(status="recovering", first_contact_resolved=False, resolved_at=None, reopened=True)
    return escalate(turn, "asked_for_person")


def agree(turn: Turn) -> Optional[Errand]:
    """A yes to the offer, in words. Something is carried out on a clear one only; a "yes, but" is asked again."""
    wish, remedy = turn.understanding.entities.get("remedy"), offering.offered(turn)
    if wish and remedy and wish != remedy.kind:
        return want_other(turn)
    return offering.unclear(turn) if HESITATION.search(turn.text) else giving.accept(turn)


def want_other(turn: Turn) -> Optional[Errand]:
    """The customer names another remedy than the one offered."""
    cases.learn(turn)
    return offering.decline(turn)


def take_words(turn: Turn) -> Optional[Errand]:
    """Free words while the recovery asks something."""
    asked, case = turn.open, turn.case
    if asked is None or case is None:
        return None
    read = turn.understanding
    if asked.kind == "order":
        return recovering.take_order(turn)
    if asked.question == "phone_last4":
        return recovering.take_phone(turn)
    if asked.question == "what_happened":
        cases.learn(turn)
        return recovering.advance(turn)
    if asked.kind == "desired_outcome":
        turn.change_case(desired_outcome=read.entities.get("remedy") or "unsure")
        turn.case_event("wish", text=turn.text, outcome=turn.case.desired_outcome if turn.case else None)
        return recovering.advance(turn)
    if asked.kind == "remedy":
        return _words_to_the_offer(turn)
    if asked.kind == "recovery_score":
        return rate_recovery(turn, read.score)
    return None


def _words_to_the_offer(turn: Turn) -> Optional[Errand]:
    """Neither yes nor no; whoever names another remedy wants that one, and must not be given the first."""
    named, remedy = turn.understanding.entities.get("remedy"), offering.offered(turn)
    return want_other(turn) if named and remedy and named != remedy.kind else offering.unclear(turn)


def choose(turn: Turn, key: str) -> Optional[Errand]:
    """One of the recovery's buttons."""
    asked = turn.open
    if asked is None:
        return None
    if asked.kind == "remedy":
        return giving.accept(turn) if key == "yes" else offering.decline(turn)
    if asked.kind == "desired_outcome":
        turn.change_case(desired_outcome=key)
        turn.case_event("wish", text=turn.text, outcome=key)
        return recovering.advance(turn)
    if asked.kind == "order" or asked.question == "phone_last4":
        return recovering.give_up_order(turn)
    if asked.kind == "recovery_score":
        return rate_recovery(turn, int(key))
    if asked.question == "hand_over":
        if key == "yes":
            return ask_human(turn)
        turn.update(open_question=None)
        turn.say("welcome")
        return asking.go_on(turn) if turn.case is None else None
    return None


def skip(turn: Turn) -> Optional[Errand]:
    """A question of the recovery is passed over."""
    asked = turn.open
    kind = asked.kind if asked else None
    if kind == "order" or (asked and asked.question == "phone_last4"):
        return recovering.give_up_order(turn)
    if kind == "desired_outcome":
        turn.change_case(desired_outcome="unsure")
        return recovering.advance(turn)
    if kind == "remedy":
        return offering.decline(turn)
    if kind == "recovery_score":
        turn.update(open_question=None)
        return asking.go_on(turn)
    return recovering.advance(turn) if turn.recovering else None


def rate_recovery(turn: Turn, score: Optional[Score]) -> Optional[Errand]:
    """How it feels now, 1 to 5; a low one goes to a person, because the bot has nothing better to give."""
    solved = turn.case is not None and turn.case.status in ("resolved_by_bot", "resolved")
    if score is None or not 1 <= score <= 5:
        return _back_to_people(turn) if solved and _refuses(turn) else _recovery_score_unclear(turn)
    turn.change_case(recovery_score=int(score))
    turn.case_event("recovery_score", score=int(score))
    turn.update(open_question=None)
    if score <= 2 and solved:
        return _back_to_people(turn)
    turn.say("recovery_score_thanks")
    asking.go_on(turn)
    return None


def _refuses(turn: Turn) -> bool:
    """ "It isn't solved" instead of a score; a bare "no" may only mean that nobody wants to rate."""
    return turn.understanding.act == "deny" and turn.understanding.sentiment == "negative"


def _back_to_people(turn: Turn) -> None:
    turn.change_case(status="recovering", reopened=True, first_contact_resolved=False, resolved_at=None)
    _give_to_lead(turn)
    return escalate(turn, "not_solved")


def _give_to_lead(turn: Turn) -> None:
    """What did not satisfy once goes to the lead; where there is none, whoever had it still has it."""
    lead = turn.case and holding.lead_of(turn.tx, turn.case.team)
    if lead:
        turn.change_case(assignee=lead.name)
        turn.case_event("assigned", to=lead.name)


def _recovery_score_unclear(turn: Turn) -> None:
    asked = turn.open
    if asked and asked.attempts < 1:
        turn.say("not_understood_score", low=1, high=5)
        return asking.ask_again(turn, asked.attempts + 1)
    turn.update(open_question=None)
    asking.go_on(turn)
