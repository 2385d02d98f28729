"""The shape of what a CX manager edits: journey, surveys, tags, remedies, service levels, saved replies.

Pydantic models, so that a wrong key or value in the YAML is named at the start. `bot/definitions/loader.py` reads the
files; nothing here touches a disk.
"""

import re
from datetime import date, time
from itertools import pairwise
from typing import Dict, List, Optional, Tuple
from zoneinfo import ZoneInfo

from pydantic import Field, root_validator, validator

from bot.core.model import Model as Model
from bot.core.model import Wording as Wording
from bot.core.model import one_of
from bot.core.remedy_policy import RemedyPolicy
from bot.core.retention import Retention
from bot.core.saved_replies import SavedReply
from bot.core.types import LANGUAGES, SCALES, SEVERITIES
from bot.core.webhook_url import WebhookUrl


class Condition(Model):
    """One condition on what is known. Exactly one of `answer`, `category`, `tag`, `fact`, `any` is given.

    answer: key of a question; with `at_most` / `at_least` (compares its score), `is_in` (its choice) or `answered`.
    category / tag: one of these was mentioned, with this `polarity` if given.
    fact: touchpoint, segment, channel, language, `recovered`, `complained` … is one of `is_in`.
    any: at least one of several conditions holds.
    """

    answer: Optional[str]
    at_most: Optional[float]
    at_least: Optional[float]
    answered: Optional[bool]
    category: Optional[List[str]]
    tag: Optional[List[str]]
    polarity: Optional[str]
    fact: Optional[str]
    is_in: Optional[List[str]]
    any: Optional[List["Condition"]]

    @root_validator(skip_on_failure=True)
    def _exactly_one_subject(cls, values: dict) -> dict:
        given = [name for name in ("answer", "category", "tag", "fact", "any") if values.get(name) is not None]
        if len(given) != 1:
            raise ValueError("a condition needs exactly one of answer, category, tag, fact, any")
        return values


Condition.update_forward_refs()


class Variant(Model):
    """A wording that is used when all of `when` holds; the first of a list that fits is taken."""

    when: List[Condition] = []
    text: Wording


class Choice(Model):
    key: str
    label: Wording


class Question(Model):
    """One typed question of a survey.

    type: `score` (on `scale`), `text`, `yesno`, `choice` (one of `choices`).
    when: all must hold, or the question is passed over.
    group: of the questions of one group only the first whose `when` holds is asked.
    main: the survey's main score.
    """

    key: str = Field(..., regex=r"^[a-z][a-z0-9_]*$")
    type: str
    scale: Optional[str]
    main: bool = False
    text: Wording
    variants: List[Variant] = []
    low: Optional[Wording]
    high: Optional[Wording]
    choices: List[Choice] = []
    when: List[Condition] = []
    group: Optional[str]

    _type = validator("type", allow_reuse=True)(one_of(("score", "text", "yesno", "choice")))

    @root_validator(skip_on_failure=True)
    def _fits_its_type(cls, values: dict) -> dict:
        kind = values["type"]
        if kind == "score":
            if values.get("scale") not in SCALES:
                raise ValueError(f"a score question needs scale: one of {', '.join(SCALES)}")
            if not (values.get("low") and values.get("high")):
                raise ValueError("a score question needs wording for both ends of its scale: low, high")
        if kind == "choice" and len(values["choices"]) < 2:
            raise ValueError("a choice question needs at least two choices")
        return values


class Survey(Model):
    """What is asked after one touchpoint. `version` goes up with every change of meaning."""

    key: str
    version: int = Field(..., ge=1)
    touchpoint: str
    questions: List[Question]
    thanks: List[Variant]

    @root_validator(skip_on_failure=True)
    def _whole(cls, values: dict) -> dict:
        questions = values["questions"]
        keys = [question.key for question in questions]
        if len(set(keys)) != len(keys):
            raise ValueError("two questions share a key")
        if sum(question.main for question in questions) != 1 or not questions[0].main:
            raise ValueError("exactly one question is main: true, and it comes first")
        if questions[0].type != "score":
            raise ValueError("the main question is a score question")
        if not any(question.scale == "experience" for question in questions):
            raise ValueError("the experience question (scale: experience) is missing")
        if not values["thanks"] or values["thanks"][-1].when:
            raise ValueError("the last thanks must hold always (no when)")
        for question in questions:
            for condition in [*question.when, *(c for v in question.variants for c in v.when)]:
                if condition.answer is not None and condition.answer not in keys:
                    raise ValueError(f"question {question.key}: when asks for an unknown answer {condition.answer!r}")
        return values

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    @property
    def main(self) -> Question:
        return self.questions[0]


class Stage(Model):
    key: str
    name: Wording


class Objects(Model):
    """What one can rate at a touchpoint, by kind."""

    staff: List[Wording] = []
    system: List[Wording] = []
    place: List[Wording] = []


class Touchpoint(Model):
    """A moment of the journey. `about` completes "how was … ?"; `words` let a customer name it in a chat."""

    key: str
    stage: str
    name: Wording
    about: Wording
    owner_team: str
    key_moment: bool
    needs_order: bool
    objects: Objects
    words: Dict[str, List[str]] = {}


class Journey(Model):
    stages: List[Stage]
    touchpoints: List[Touchpoint]

    def touchpoint(self, key: str) -> Touchpoint:
        """The touchpoint with this key. Raises KeyError."""
        for touchpoint in self.touchpoints:
            if touchpoint.key == key:
                return touchpoint
        raise KeyError(key)

    def named_in(self, text: str) -> Optional[str]:
        """The key of the one touchpoint that a text names by its words; None for none or several."""
        said = text.casefold()
        found = {
            point.key
            for point in self.touchpoints
            for words in point.words.values()
            if any(_says(said, word.casefold()) for word in words)
        }
        return found.pop() if len(found) == 1 else None


def _says(text: str, word: str) -> bool:
    """Whether a text has the word: a whole one in letters of the alphabet, any run of characters in Chinese."""
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}\b", text) is not None
    return word in text


class Category(Model):
    key: str
    name: Wording


class Tag(Model):
    """A thing customers speak of.

    kind: pain, itch, delight, need, expectation, word_of_mouth.
    weight: 1 (worth knowing) to 5 (drives people away or binds them).
    severity: how grave one mention of it is at least. danger: somebody may be hurt, so the bot says how to be safe.
    words: phrases by script; `…` in a phrase stands for a short gap, `#` for a number.
    """

    key: str = Field(..., regex=r"^[a-z][a-z0-9_]*$")
    category: str
    name: Wording
    team: str
    stage: str
    weight: int = Field(..., ge=1, le=5)
    kind: str
    severity: str = "none"
    danger: bool = False
    words: Dict[str, List[str]]

    _kind = validator("kind", allow_reuse=True)(
        one_of(("pain", "itch", "delight", "need", "expectation", "word_of_mouth"))
    )
    _severity = validator("severity", allow_reuse=True)(one_of(SEVERITIES))

    @validator("words")
    def _all_scripts(cls, value: dict) -> dict:
        if set(value) != set(LANGUAGES) or not all(value.values()):
            raise ValueError(f"words are needed in each of {', '.join(LANGUAGES)}")
        return value


class Taxonomy(Model):
    categories: List[Category]
    tags: List[Tag]

    def tag(self, key: str) -> Tag:
        """The tag with this key. Raises KeyError."""
        for tag in self.tags:
            if tag.key == key:
                return tag
        raise KeyError(key)


class ServiceLevel(Model):
    """Times in minutes, counted in the team's business hours unless `round_the_clock`."""

    first_response: int = Field(..., ge=1)
    next_response: int = Field(..., ge=1)
    resolution: int = Field(..., ge=1)
    round_the_clock: bool = False


class Team(Model):
    """Who takes over. `hours` are (from, to) pairs a weekday.

    targets: Apprise URLs; webhook: an address that takes signed JSON; neither means the log. language: of its notices.
    """

    key: str
    name: Wording
    time_zone: str = "Asia/Shanghai"
    hours: Dict[str, List[Tuple[time, time]]]
    holidays: List[date] = []
    targets: List[str] = []
    webhook: Optional[WebhookUrl]
    language: str = "zh-Hans"

    _language = validator("language", allow_reuse=True)(one_of(LANGUAGES))

    @validator("time_zone")
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError(f"{value!r} is not a time zone of the IANA list") from error
        return value

    @validator("hours")
    def _weekdays(cls, value: dict) -> dict:
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        for day, spans in value.items():
            if day not in days:
                raise ValueError(f"{day!r} is not one of {', '.join(days)}")
            if any(start >= end for start, end in spans):
                raise ValueError(f"{day}: a span must end after it starts")
            ordered = sorted(spans)
            if any(before[1] > after[0] for before, after in pairwise(ordered)):
                raise ValueError(f"{day}: two spans overlap")
        if not any(value.values()):
            raise ValueError("a team needs at least one open hour in a week")
        return value


class ServiceLevels(Model):
    """`on_call`, `on_call_webhook`: who is told of critical cases besides the team, at any hour; as those of a team."""

    levels: Dict[str, ServiceLevel]
    teams: List[Team]
    default_team: str
    on_call: List[str] = []
    on_call_webhook: Optional[WebhookUrl]

    def team(self, key: str) -> Team:
        """The team with this key. Raises KeyError."""
        for team in self.teams:
            if team.key == key:
                return team
        raise KeyError(key)

    def team_for(self, key: str) -> Team:
        """The team with this key; the default team for one that is no more."""
        return next((team for team in self.teams if team.key == key), None) or self.team(self.default_team)


class Definitions(Model):
    """Everything a CX manager edits, checked as a whole: what one file names, another must define."""

    journey: Journey
    surveys: List[Survey]
    tags: Taxonomy
    remedies: RemedyPolicy
    service_levels: ServiceLevels
    saved_replies: List[SavedReply] = []
    retention: Retention = Retention()

    def survey_for(self, touchpoint: str) -> Survey:
        """The survey asked after this touchpoint. Raises KeyError."""
        for survey in self.surveys:
            if survey.touchpoint == touchpoint:
                return survey
        raise KeyError(touchpoint)
