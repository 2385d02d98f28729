"""What is neither an answer nor a complaint: answered in a line, and the open question keeps its place."""

import re
from typing import Optional

from bot.core import records as r
from bot.core.services import answering, asking, cases, complaining, giving, offering, opening, recovering
from bot.core.services.errands import Errand
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn
from bot.core.types import OPEN, WITH_PEOPLE, worst

TOPICS = ("identity", "purpose", "duration")
ABOUT_US = ("identity", "purpose")


def greet(turn: Turn) -> Optional[Errand]:
    """A first hello opens the conversation; a later one is returned."""
    if not turn.conversation.greeted:
        return opening.greet(turn)
    turn.say("hello_again")
    if turn.open is None and turn.case is None and not _survey_ended(turn):
        return asking.go_on(turn)
    return asking.ask_again(turn)


def _survey_ended(turn: Turn) -> bool:
    return turn.response is not None and turn.response.status in ("complete", "declined", "opted_out")


def thank(turn: Turn) -> Optional[Errand]:
    if giving.only_said(turn):
        return giving.accept(turn)
    turn.say("welcome")
    return asking.ask_again(turn)


def goodbye(turn: Turn) -> Optional[Errand]:
    """Everything said so far is stored; nobody is held back with a question."""
    turn.say("goodbye")
    return None


def ask_back(turn: Turn) -> Optional[Errand]:
    """Who asks, what for, and what becomes of it."""
    if turn.open and turn.open.kind == "desired_outcome" and ASKS_FOR_AN_OFFER.search(turn.text):
        return complaining.take_words(turn)
    topic = turn.understanding.entities.get("topic")
    if topic == "erasure":
        return wish_erasure(turn)
    if topic == "privacy":
        turn.say("about_privacy", objection=opening.objection(turn))
        return asking.ask_again(turn)
    if turn.case is not None and turn.case.status in OPEN and topic not in ABOUT_US:
        return _about_the_case(turn)
    if topic == "duration" and turn.open and turn.open.kind == "recovery_score" and giving.tell_again(turn):
        return asking.ask_again(turn)
    turn.say(f"about_{topic}" if topic in TOPICS else "about_unknown")
    return asking.ask_again(turn)


def wish_erasure(turn: Turn) -> Optional[Errand]:
    """Nothing more is asked, and a person gets it: who somebody is has to be made sure before all of theirs goes."""
    case = turn.case
    turn.say("erasure_wished")
    if turn.response is None or turn.response.status == "partial":
        turn.change_response(status="opted_out")
    turn.update(open_question=None)
    if case is None:
        cases.open_case(turn)
    else:
        turn.change_case(description=cases.added(case, turn.text))
        turn.case_event("told_more", text=turn.text)
        if case.status in WITH_PEOPLE:
            return None
        if case.status != "recovering":
            turn.change_case(status="recovering", resolved_at=None, reopened=True)
    turn.change_case(severity=worst(turn.case.severity if turn.case else "none", "medium"))
    return escalate(turn, "erasure")


def _about_the_case(turn: Turn) -> Optional[Errand]:
    """Who has complained and asks how long it takes does not mean the survey."""
    if turn.open is None and turn.case and turn.case.status in WITH_PEOPLE:
        return complaining.add_for_person(turn)
    turn.say("about_unknown")
    return asking.ask_again(turn)


def praise(turn: Turn) -> Optional[Errand]:
    asked, question = turn.open, asking.survey_question(turn)
    if giving.only_said(turn):
        return giving.accept(turn)
    if (question is not None and question.type == "text") or (asked and question is None and turn.recovering):
        return answering.take_text(turn)
    if asked is None and turn.case is not None and turn.case.status in WITH_PEOPLE:
        return complaining.add_for_person(turn)
    turn.say("glad")
    return asking.ask_again(turn)


def suggest(turn: Turn) -> Optional[Errand]:
    question = asking.survey_question(turn)
    if question is not None and question.type == "text":
        return answering.take_text(turn)
    turn.say("idea_noted")
    return asking.ask_again(turn)


def order_status(turn: Turn) -> Optional[Errand]:
    """Parcels are not tracked here; an honest word and the way to somebody who can."""
    question = asking.survey_question(turn)
    if question is not None and question.type == "text":
        turn.put_answer(question.key, text=turn.text)
    if turn.recovering:
        return complaining.take_words(turn)
    if turn.open is None and turn.case and turn.case.status in WITH_PEOPLE:
        return complaining.add_for_person(turn)
    if turn.case is not None and turn.case.status == "resolved_by_bot" and giving.tell_again(turn):
        return asking.ask_again(turn)
    if turn.open and turn.open.kind == "recovery_score":
        turn.say("about_unknown")
        return asking.ask_again(turn)
    asking.put(turn, r.OpenQuestion("yesno", None, "hand_over"), "order_status")
    return None


def affirm(turn: Turn) -> Optional[Errand]:
    if turn.open and turn.open.kind == "remedy":
        return complaining.agree(turn)
    return _yes_or_no(turn, "yes")


# "No … wait, yes": neither is taken at its word.
SECOND_THOUGHT = re.compile(r"等等|等一下|等下|还是|還是|算了|\b(?:wait|actually|on second thoughts?)\b", re.IGNORECASE)


ASKS_FOR_AN_OFFER = re.compile(
    r"(?:能|可以|會|会|打算|準備|准备)(?:怎么|怎麼|给我|給我|提供|做)|有(?:什么|什麼|哪些)(?:方案|办法|辦法|选择|選擇)|"
    r"怎么(?:处理|解决|补偿|赔)|怎麼(?:處理|解決|補償|賠)|"
    r"\b(?:can|could|will|would) you (?:do|offer|give|suggest)\b|\boptions\b",
    re.IGNORECASE,
)
# "No" and "不" alone to "how many points?" may mean anything.
BARE_NO = 2


def deny(turn: Turn) -> Optional[Errand]:
    """No to an offer hands over; no to the first question ends it; no as an answer is an answer."""
    asked = turn.open
    question = asking.survey_question(turn)
    if question is not None and question.main and not turn.answers and len(turn.text.strip()) > BARE_NO:
        # "No, thanks" to the very first question.
        turn.change_response(status="declined")
        turn.update(open_question=None)
        return turn.say("stopped")
    if asked and asked.kind == "remedy" and turn.understanding.entities.get("remedy"):
        # "No, I want my money back instead."
        return complaining.want_other(turn)
    if asked and asked.kind == "remedy" and SECOND_THOUGHT.search(turn.text) and len(turn.text) > 6:
        return offering.unclear(turn)
    return _yes_or_no(turn, "no")


def _yes_or_no(turn: Turn, key: str) -> Optional[Errand]:
    asked, question = turn.open, asking.survey_question(turn)
    if asked is None:
        return answering.take_text(turn)
    if asked.kind in ("remedy", "yesno"):
        return answering.choose(turn, key)
    if question is not None and question.type == "score":
        return answering.not_understood(turn)
    if key == "no" and asked.kind == "order":
        return recovering.give_up_order(turn)
    if key == "no" and question is not None and question.type == "text":
        return answering.skip(turn)
    return answering.take_text(turn)


def stop(turn: Turn) -> Optional[Errand]:
    """Nothing more is asked. A complaint that was made is not forgotten for that: a person gets it."""
    if turn.response is None or turn.response.status == "partial":
        turn.change_response(status="opted_out")
    turn.update(open_question=None)
    turn.say("stopped")
    if turn.recovering and not offering.running(turn):
        return escalate(turn, "stopped")
    return None


def other_language(turn: Turn) -> Optional[Errand]:
    """A polite line in all three languages, and the choice."""
    titles = [(key, title) for key, title in asking.LANGUAGE_NAMES.items()]
    turn.say_text(turn.ports.wordings.line("other_language", "en"), asking.buttons(titles))
    return None
