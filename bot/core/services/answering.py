"""Answers to the survey: scores, words, choices, skips and corrections. Each is stored at once."""

import re
from typing import Optional

from bot.core import records as r
from bot.core.definitions import Question
from bot.core.services import asking, complaining, recovering
from bot.core.services.errands import Errand
from bot.core.services.turn import Turn
from bot.core.survey import needs_recovery
from bot.core.types import SCALES, WITH_PEOPLE, Score

# On doubt ask once more, then move on and keep the text.
ATTEMPTS = 1
_A_SCORE_ALONE = re.compile(
    r"[\W_]*[-+−－＋]?\s*[\d０-９①-⑩]{1,2}\s*(分|points?|stars?|颗星|顆星|星)?[\W_]*", re.IGNORECASE
)
_FILLERS = re.compile(
    r"i'?d say|i'?ll give|give|make it|out of|points?|stars?|maybe|just|it'?s|an?\b|"
    r"打个|打個|我给|我給|我打|给个|給個|给|給|打|分吧|分|星|吧|就|大概|应该是|應該是|差不多",
    re.IGNORECASE,
)


def rate(turn: Turn) -> Optional[Errand]:
    """A score, with or without its reason."""
    asked, score = turn.open, turn.understanding.score
    question = asking.survey_question(turn)
    if asked and asked.kind == "recovery_score":
        return complaining.rate_recovery(turn, score)
    if question is not None and question.type == "score":
        return score_question(turn, question, score) if score is not None else not_understood(turn)
    number = _number_alone(turn)
    if number is not None:
        # An old button, or a second thought: it changes the answer given before, and what is open stays open.
        return correct(turn, number)
    return take_text(turn)


def _number_alone(turn: Turn) -> Optional[int]:
    """The number that is all of the message, if it lies on the scale of the last score given; not in a recovery."""
    answer = _last_scored(turn)
    if turn.open is not None and asking.survey_question(turn) is None:
        return None
    if answer is None or _A_SCORE_ALONE.fullmatch(turn.text) is None:
        return None
    found = re.search(r"[-−－]?\s*\d{1,2}", turn.text)
    number = int(re.sub(r"[−－]", "-", found.group()).replace(" ", "")) if found else None
    return number if number is not None and SCALES[answer.scale or ""].holds(number) else None


def score_question(turn: Turn, question: Question, score: Score) -> Optional[Errand]:
    """Stores a score; what was said besides is the reason, so that it is not asked for again."""
    has_words = bool(turn.understanding.tags) or _says_more(turn.text)
    turn.put_answer(question.key, scale=question.scale, score=score, text=turn.text if has_words else None)
    if has_words and question.main:
        _store_reason(turn)
    if has_words and _is_complaint(turn, low=needs_recovery(question.scale or "", score)):
        return complaining.complain(turn)
    return asking.go_on(turn)


def _says_more(text: str) -> bool:
    """Whether there is a reason beside the number; a score in words ("very good") is no reason."""
    if not any(sign.isdecimal() for sign in text):
        return False
    rest = re.sub(r"[\W\d_]", "", _FILLERS.sub("", text))
    return len(rest) >= (8 if rest.isascii() else 4)


def keep_score(turn: Turn) -> None:
    """A score said together with a complaint or the wish for a person counts as well."""
    question, score = asking.survey_question(turn), turn.understanding.score
    if question is not None and question.type == "score" and score is not None:
        turn.put_answer(question.key, scale=question.scale, score=score, text=turn.text)


def _store_reason(turn: Turn) -> None:
    survey = turn.survey
    reason = next((question for question in survey.questions if question.type == "text"), None) if survey else None
    if reason and reason.key not in {answer.question for answer in turn.answers}:
        turn.put_answer(reason.key, text=turn.text)


def _is_complaint(turn: Turn, low: bool) -> bool:
    """Said outright, or a problem in negative words where the score is low."""
    read = turn.understanding
    if read.act in ("complain", "request_remedy"):
        return True
    return low and (read.sentiment == "negative" or any(tag.polarity == "negative" for tag in read.tags))


def _tells_what_went_wrong(turn: Turn) -> bool:
    """After a low score the answer to "what went wrong?" is a problem, in whatever words, unless it is kind."""
    read, enough = turn.understanding, len(turn.text) > recovering.VAGUE[turn.conversation.language]
    return _main_is_low(turn) and enough and read.sentiment != "positive" and read.act == "other"


def complaint(turn: Turn) -> Optional[Errand]:
    """A complaint said outright. Where words were asked for it is that question's answer as well."""
    question = asking.survey_question(turn)
    if _only_sounds_like_one(turn):
        return take_text(turn)
    if question is not None and question.type == "text":
        turn.put_answer(question.key, text=turn.text)
    elif question is not None and _last_scored(turn):
        _store_reason(turn)
    return complaining.complain(turn)


def _only_sounds_like_one(turn: Turn) -> bool:
    """Words that name no problem, after a score that is not low, are no complaint, whatever the classifier says."""
    read, main = turn.understanding, _main_answer(turn)
    if main is None or main.score is None or turn.case is not None or read.act == "request_remedy":
        return False
    harmless = read.severity in ("none", "low") and all(tag.polarity != "negative" for tag in read.tags)
    if main.score >= SCALES[main.scale or ""].satisfied_from:
        return harmless
    return harmless and read.sentiment != "negative" and not needs_recovery(main.scale or "", main.score)


def take_text(turn: Turn) -> Optional[Errand]:
    """Words where words, or something else, were asked for."""
    question = asking.survey_question(turn)
    asked = turn.open
    if question is not None and question.type == "text":
        turn.put_answer(question.key, text=turn.text)
        if not _only_sounds_like_one(turn) and (
            _is_complaint(turn, _main_is_low(turn)) or _tells_what_went_wrong(turn)
        ):
            return complaining.complain(turn)
        return asking.go_on(turn)
    if question is not None or (asked and asked.question in ("hand_over", "touchpoint")):
        return not_understood(turn)
    if asked is not None:
        return complaining.take_words(turn)
    if turn.case is not None and turn.case.status in WITH_PEOPLE:
        return complaining.add_for_person(turn)
    if turn.recovering:
        return complaining.complain(turn)
    return _noted(turn)


def _noted(turn: Turn) -> None:
    """Nothing was asked: what to do if something is wrong, but not the same words twice running."""
    words = turn.ports.wordings.line("nothing_open", turn.conversation.language)
    before = [message for message in turn.tx.messages(turn.conversation.id) if message.sender == "bot"]
    turn.say("noted" if before and before[-1].text in (words, _ok(turn)) else "nothing_open")


def _ok(turn: Turn) -> str:
    return turn.ports.wordings.line("noted", turn.conversation.language)


def _main_answer(turn: Turn) -> Optional[r.Answer]:
    survey = turn.survey
    return next((answer for answer in turn.answers if survey and answer.question == survey.main.key), None)


def _main_is_low(turn: Turn) -> bool:
    main = _main_answer(turn)
    return main is not None and main.score is not None and needs_recovery(main.scale or "", main.score)


def not_understood(turn: Turn) -> Optional[Errand]:
    """Asks once more; then keeps the text and moves on."""
    asked, question = turn.open, asking.survey_question(turn)
    if asked is None:
        return _noted(turn)
    if asked.attempts < ATTEMPTS:
        _say_not_understood(turn, asked)
        return asking.ask_again(turn, asked.attempts + 1)
    if question is not None:
        turn.put_answer(question.key, scale=question.scale, text=turn.text, skipped=True)
        turn.say("moving_on")
        return asking.go_on(turn)
    if asked.question == "hand_over":
        turn.update(open_question=None)
        return asking.go_on(turn)
    return _noted(turn)


def _say_not_understood(turn: Turn, asked: r.OpenQuestion) -> None:
    scale = SCALES.get(asked.scale or "")
    if scale is None:
        return turn.say("not_understood")
    turn.say("not_understood_score", low=scale.low, high=scale.high)


def choose(turn: Turn, key: str) -> Optional[Errand]:
    """A choice named word for word, or its button."""
    asked, question = turn.open, asking.survey_question(turn)
    if asked is None:
        return None
    if asked.question == "touchpoint":
        turn.update(touchpoint=key, open_question=None)
        return asking.go_on(turn)
    if question is None:
        return complaining.choose(turn, key)
    if question.type == "score":
        return score_question(turn, question, int(key))
    turn.put_answer(question.key, choice=key, text=turn.text)
    return asking.go_on(turn)


def skip(turn: Turn) -> Optional[Errand]:
    """The open question is passed over; a skip is no answer and counts in no score."""
    question, asked = asking.survey_question(turn), turn.open
    if question is not None:
        turn.put_answer(question.key, scale=question.scale, skipped=True)
        turn.say("skipped")
        return asking.go_on(turn)
    if asked and asked.question == "hand_over":
        turn.update(open_question=None)
        return asking.go_on(turn)
    if asked and asked.question == "touchpoint":
        turn.update(open_question=None)
        return turn.say("stopped")
    if asked is not None:
        return complaining.skip(turn)
    return _noted(turn)


def correct(turn: Turn, score: Optional[Score] = None) -> Optional[Errand]:
    """Changes the last score given; without a new one, asks for it again. The open question stays open."""
    answer = _last_scored(turn)
    if answer is None or turn.survey is None:
        return take_text(turn) if turn.open else turn.say("nothing_to_correct")
    question = turn.survey.question(answer.question)
    score = turn.understanding.score if score is None else score
    if score is None or not SCALES[question.scale or ""].holds(score):
        turn.say("correct_to_what")
        # In a survey its question is asked again; anywhere else the open question keeps its place, and a number
        # alone changes the score.
        return asking.ask_question(turn, question) if asking.survey_question(turn) is not None else None
    turn.put_answer(question.key, scale=question.scale, score=score)
    turn.say("corrected", score=score)
    if turn.open is None:
        return None
    if asking.survey_question(turn) is not None:
        # A changed score changes what is asked next and in which words.
        return asking.go_on(turn)
    return asking.ask_again(turn)


def _last_scored(turn: Turn) -> Optional[r.Answer]:
    """The latest answer with a score, or None."""
    return next((answer for answer in reversed(turn.answers) if answer.score is not None), None)
