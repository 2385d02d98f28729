"""The survey engine: which question comes next, in which words, as a pure function of definition, answers and facts."""

from dataclasses import dataclass, field
from typing import Iterable, Mapping, Optional, Sequence, Tuple

from bot.core.definitions import Condition, Question, Survey, Variant
from bot.core.model import Wording
from bot.core.records import Answer, StoredTag
from bot.core.types import SCALES, Score


@dataclass(frozen=True)
class Known:
    """All that conditions look at.

    answers: by question key, the ones that count. tags: what was mentioned so far. facts: touchpoint, segment, channel,
    language, complained (yes / no), recovered (yes / no).
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    tags: Tuple[StoredTag, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Sequence[Answer], tags: Sequence[StoredTag], facts: Mapping[str, str]) -> "Known":
        return cls({answer.question: answer for answer in answers}, tuple(tags), facts)


def holds(condition: Condition, known: Known) -> bool:
    """Whether one condition holds."""
    if condition.any is not None:
        return any(holds(one, known) for one in condition.any)
    if condition.answer is not None:
        return _answer_fits(condition, known.answers.get(condition.answer))
    if condition.fact is not None:
        return known.facts.get(condition.fact) in (condition.is_in or [])
    wanted = condition.tag if condition.tag is not None else condition.category
    return any(
        (tag.tag if condition.tag is not None else tag.category) in (wanted or [])
        and condition.polarity in (None, tag.polarity)
        for tag in known.tags
    )


def _answer_fits(condition: Condition, answer: Optional[Answer]) -> bool:
    given = answer is not None and not answer.skipped
    if condition.answered is not None and condition.answered != given:
        return False
    if condition.is_in is not None and (answer is None or answer.choice not in condition.is_in):
        return False
    if condition.at_most is None and condition.at_least is None:
        return True
    if answer is None or answer.score is None:
        return False
    return (condition.at_most is None or answer.score <= condition.at_most) and (
        condition.at_least is None or answer.score >= condition.at_least
    )


def all_hold(conditions: Iterable[Condition], known: Known) -> bool:
    """Whether every condition holds; none at all is true."""
    return all(holds(condition, known) for condition in conditions)


def next_question(survey: Survey, known: Known, brief: bool = False) -> Optional[Question]:
    """The first question that is neither answered nor skipped and whose conditions hold; None when the survey is done.

    brief: only the main and the experience score are asked (after a complaint nobody wants a questionnaire).
    """
    asked_groups = {question.group for question in survey.questions if question.key in known.answers and question.group}
    for question in survey.questions:
        if question.key in known.answers or question.group in asked_groups:
            continue
        if brief and not (question.main or question.scale == "experience"):
            continue
        if all_hold(question.when, known):
            return question
    return None


def wording(question: Question, known: Known) -> Wording:
    """The words of a question, by the first variant that fits."""
    return pick(question.variants, known) or question.text


def pick(variants: Sequence[Variant], known: Known) -> Optional[Wording]:
    """The text of the first variant whose conditions hold."""
    return next((variant.text for variant in variants if all_hold(variant.when, known)), None)


def needs_recovery(scale: str, score: Score) -> bool:
    """Whether a score is so low that what went wrong has to be put right."""
    return score <= SCALES[scale].recovery_starts_at
