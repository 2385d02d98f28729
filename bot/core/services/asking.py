"""What the bot asks: the survey's next question, and asking again without losing the place."""

from typing import List, Optional, Sequence, Tuple

from bot.core import records as r
from bot.core.definitions import Question
from bot.core.services.turn import Turn
from bot.core.survey import next_question, pick, wording
from bot.core.types import LANGUAGES, SCALES

OUTCOMES = ("refund", "replacement", "partial_refund", "callback", "unsure")
OUR_QUESTIONS = ("hand_over", "touchpoint", "what_happened", "phone_last4")
# The question of an offer that is nothing but words: it is understood, or it is not.
EXPLANATION = "explanation"
LANGUAGE_NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
# A button's payload is its own words, so that tapping and typing are the same; channels allow 64 bytes.
PAYLOAD_BYTES = 64

Option = Tuple[str, str]  # (key, title)


def go_on(turn: Turn) -> None:
    """Asks the survey's next question, or thanks when there is none left; nothing more after a stop."""
    survey = turn.survey
    if turn.response is not None and turn.response.status in ("declined", "opted_out"):
        return turn.update(open_question=None)
    if survey is None:
        return ask_touchpoint(turn)
    question = next_question(survey, turn.known(), brief=turn.case is not None)
    if question is None:
        return finish(turn)
    ask_question(turn, question)


def ask_question(turn: Turn, question: Question, attempts: int = 0) -> None:
    """Puts one question of the survey."""
    turn.ask(_open(question, attempts), question_text(turn, question), buttons(options_of(turn, question)))


def _open(question: Question, attempts: int) -> r.OpenQuestion:
    return r.OpenQuestion(question.type, question.scale, question.key, attempts)


def question_text(turn: Turn, question: Question) -> str:
    """The words of a question, as they fit what is known."""
    return wording(question, turn.known()).get(turn.conversation.language)


def _signed(scale, value: int) -> str:  # type: ignore[no-untyped-def]
    """A scale through zero shows its signs, with a true minus."""
    if scale.low >= 0:
        return str(value)
    return f"+{value}" if value > 0 else str(value).replace("-", "−")


def options_of(turn: Turn, question: Question, language: Optional[str] = None) -> List[Option]:
    """The choices of a survey question as (key, title)."""
    language = language or turn.conversation.language
    if question.scale:
        scale = SCALES[question.scale]
        return [(str(value), _signed(scale, value)) for value in range(scale.low, scale.high + 1)]
    if question.type == "yesno":
        return _yes_no(turn, language)
    return [(choice.key, choice.label.get(language)) for choice in question.choices]


def _yes_no(turn: Turn, language: str) -> List[Option]:
    return [(key, turn.ports.wordings.line(f"button_{key}", language)) for key in ("yes", "no")]


def open_options(turn: Turn, language: Optional[str] = None) -> List[Option]:
    """The choices of whatever question is open, in `language`."""
    asked, language = turn.open, language or turn.conversation.language
    if asked is None:
        return []
    if asked.kind == "recovery_score":
        return [(str(value), str(value)) for value in range(1, 6)]
    if asked.question == EXPLANATION:
        return [(key, turn.ports.wordings.line(f"button_explained_{key}", language)) for key in ("yes", "no")]
    if asked.kind == "remedy" or (asked.kind == "yesno" and asked.question == "hand_over"):
        return _yes_no(turn, language)
    if asked.kind == "desired_outcome":
        return [(key, turn.ports.wordings.line(f"button_{key}", language)) for key in OUTCOMES]
    if asked.kind == "order":
        return [("skip", turn.ports.wordings.line("button_no_order", language))]
    if asked.question == "phone_last4":
        return [("skip", turn.ports.wordings.line("button_skip", language))]
    if asked.question == "touchpoint":
        return [(point.key, point.name.get(language)) for point in turn.definitions.journey.touchpoints]
    question = survey_question(turn)
    return options_of(turn, question, language) if question is not None and question.type != "text" else []


def survey_question(turn: Turn) -> Optional[Question]:
    """The survey's question that is open, if one is, and if the survey still has it."""
    asked, survey = turn.open, turn.survey
    if asked is None or survey is None:
        return None
    return next((question for question in survey.questions if question.key == asked.question), None)


def is_gone(turn: Turn) -> bool:
    """Whether the open question was one of a survey that has been edited since."""
    asked = turn.open
    if asked is None or asked.kind not in ("score", "text", "yesno", "choice") or asked.question in OUR_QUESTIONS:
        return False
    return survey_question(turn) is None


def chosen(turn: Turn) -> Optional[str]:
    """The key of the open question's choice that the message names word for word, in any of the three languages."""
    said = _plain(turn.text)
    if not said:
        return None
    if said.isdecimal() and turn.open is not None and turn.open.kind in ("choice", "desired_outcome"):
        # Where a channel shows a list, people type the place in it.
        return next((key for place, (key, _) in enumerate(open_options(turn), 1) if place == int(said)), None)
    for language in dict.fromkeys((turn.conversation.language, *LANGUAGES)):
        for key, title in open_options(turn, language):
            if said in (_plain(title), _plain(_payload(title))):
                return key
    return None


def _plain(text: str) -> str:
    return text.strip().strip(".。!！").replace("−", "-").casefold()


def buttons(options: Sequence[Option]) -> List[r.Button]:
    return [r.Button(title, _payload(title)) for _, title in options]


def _payload(title: str) -> str:
    """The title itself, cut at 64 bytes without breaking a character."""
    return title.replace("−", "-").encode()[:PAYLOAD_BYTES].decode(errors="ignore").lstrip("/")


def ask_touchpoint(turn: Turn) -> None:
    """A customer who came without an invitation says what it is about."""
    put(turn, r.OpenQuestion("choice", None, "touchpoint"), "which_touchpoint")


def put(turn: Turn, question: r.OpenQuestion, line: str) -> None:
    """Asks a question of our own in the words of `line`, with the choices that it has."""
    turn.update(open_question=question)
    turn.say_text(turn.ports.wordings.line(line, turn.conversation.language), buttons(open_options(turn)))


def ask_again(turn: Turn, attempts: Optional[int] = None) -> None:
    """Repeats the open question, word for word where it is a survey's; says nothing when none is open."""
    asked = turn.open
    if asked is None:
        return
    tried = asked.attempts if attempts is None else attempts
    survey_one = survey_question(turn)
    if survey_one is not None:
        return ask_question(turn, survey_one, tried)
    question = r.OpenQuestion(asked.kind, asked.scale, asked.question, tried)
    line = f"again_{asked.question}" if asked.question else f"again_{asked.kind}"
    turn.ask(question, turn.ports.wordings.line(line, turn.conversation.language), buttons(open_options(turn)))


def finish(turn: Turn) -> None:
    """Closes the survey with thanks that fit what was said."""
    survey = turn.survey
    turn.update(open_question=None)
    if survey is None:
        return turn.say("thanks_anyway")
    main = next((answer for answer in turn.answers if answer.question == survey.main.key), None)
    if main is not None and main.score is not None and turn.response and turn.response.status == "partial":
        turn.change_response(status="complete", completed_at=turn.now)
    thanks = pick(survey.thanks, turn.known())
    turn.say_text((thanks or survey.thanks[-1].text).get(turn.conversation.language))
