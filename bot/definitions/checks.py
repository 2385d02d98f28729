"""What no single model can see: whether what one definition names, another defines.

Each check takes the definitions and yields a DefinitionError for each mistake; `CHECKS` lists them all.
"""

from typing import Callable, Dict, Iterator, List, Tuple

from bot.core.definitions import Condition, Definitions, Survey
from bot.core.errors import DefinitionError
from bot.core.types import LANGUAGES, SEVERITIES
from bot.definitions import remedy_checks, saved_reply_checks
from bot.definitions.naming import Problems, twice, unknown

FACTS = ("touchpoint", "segment", "channel", "language", "complained", "recovered")
MINIMUM_CATEGORIES, MINIMUM_TAGS = 12, 76
_SIDES = {"pain": "a pain", "itch": "a pain", "delight": "a delight"}


def _team_keys(d: Definitions) -> List[str]:
    return [team.key for team in d.service_levels.teams]


def _touchpoint_keys(d: Definitions) -> List[str]:
    return [touchpoint.key for touchpoint in d.journey.touchpoints]


def keys_are_unique(d: Definitions) -> Problems:
    yield from twice("journey.yml", "stages", (stage.key for stage in d.journey.stages))
    yield from twice("journey.yml", "touchpoints", _touchpoint_keys(d))
    yield from twice("surveys.yml", "surveys", (survey.key for survey in d.surveys))
    yield from twice("tags.yml", "categories", (category.key for category in d.tags.categories))
    yield from twice("tags.yml", "tags", (tag.key for tag in d.tags.tags))
    yield from twice("remedies.yml", "kinds", (kind.kind for kind in d.remedies.kinds))
    yield from twice("remedies.yml", "rules", (rule.key for rule in d.remedies.rules))
    yield from twice("service_levels.yml", "teams", _team_keys(d))
    yield from twice("saved_replies.yml", "replies", (reply.key for reply in d.saved_replies))


def touchpoints_are_known(d: Definitions) -> Problems:
    stages = [stage.key for stage in d.journey.stages]
    for touchpoint in d.journey.touchpoints:
        path = f"touchpoints[{touchpoint.key}]"
        yield from unknown("journey.yml", f"{path}.stage", "stage of the journey", [touchpoint.stage], stages)
        yield from unknown("journey.yml", f"{path}.owner_team", "team", [touchpoint.owner_team], _team_keys(d))
        yield from unknown("journey.yml", f"{path}.words", "language", touchpoint.words, LANGUAGES)


def each_touchpoint_has_one_survey(d: Definitions) -> Problems:
    asked: Dict[str, str] = {}
    for survey in d.surveys:
        path = f"surveys[{survey.key}].touchpoint"
        yield from unknown("surveys.yml", path, "touchpoint of the journey", [survey.touchpoint], _touchpoint_keys(d))
        if survey.touchpoint in asked:
            problem = f"{survey.touchpoint!r} already has the survey {asked[survey.touchpoint]!r}"
            yield DefinitionError("surveys.yml", path, problem, "keep one survey a touchpoint")
        asked.setdefault(survey.touchpoint, survey.key)
    for key in _touchpoint_keys(d):
        if key not in asked:
            yield DefinitionError("surveys.yml", "surveys", f"the touchpoint {key!r} has no survey", "add one for it")


def _wheres(survey: Survey) -> Iterator[Tuple[str, int, Condition]]:
    """Each condition of a survey, with its path and how many questions come before it."""
    for place, question in enumerate(survey.questions):
        path = f"surveys[{survey.key}].questions[{question.key}]"
        for condition in question.when:
            yield f"{path}.when", place, condition
        for number, variant in enumerate(question.variants):
            for condition in variant.when:
                yield f"{path}.variants[{number}].when", place, condition
    for number, variant in enumerate(survey.thanks):
        for condition in variant.when:
            yield f"surveys[{survey.key}].thanks[{number}].when", len(survey.questions), condition


def _flat(condition: Condition) -> Iterator[Condition]:
    yield condition
    for inner in condition.any or ():
        yield from _flat(inner)


def conditions_can_hold(d: Definitions) -> Problems:
    categories = [category.key for category in d.tags.categories]
    tags = [tag.key for tag in d.tags.tags]
    for survey in d.surveys:
        for path, place, outer in _wheres(survey):
            earlier = [question.key for question in survey.questions[:place]]
            for condition in _flat(outer):
                answer = [condition.answer] if condition.answer is not None else []
                fact = [condition.fact] if condition.fact is not None else []
                yield from unknown("surveys.yml", f"{path}.answer", "question asked before this one", answer, earlier)
                yield from unknown("surveys.yml", f"{path}.category", "category", condition.category, categories)
                yield from unknown("surveys.yml", f"{path}.tag", "tag", condition.tag, tags)
                yield from unknown("surveys.yml", f"{path}.fact", "fact that is known", fact, FACTS)


def tags_are_known(d: Definitions) -> Problems:
    categories = [category.key for category in d.tags.categories]
    stages = [stage.key for stage in d.journey.stages]
    for tag in d.tags.tags:
        path = f"tags[{tag.key}]"
        yield from unknown("tags.yml", f"{path}.category", "category", [tag.category], categories)
        yield from unknown("tags.yml", f"{path}.team", "team", [tag.team], _team_keys(d))
        yield from unknown("tags.yml", f"{path}.stage", "stage of the journey", [tag.stage], stages)


def there_are_enough_tags(d: Definitions) -> Problems:
    for name, items, least in (
        ("categories", d.tags.categories, MINIMUM_CATEGORIES),
        ("tags", d.tags.tags, MINIMUM_TAGS),
    ):
        if len(items) < least:
            yield DefinitionError("tags.yml", name, f"there are {len(items)}, fewer than {least}", f"add {name}")


def no_word_is_both_pain_and_delight(d: Definitions) -> Problems:
    for script in LANGUAGES:
        said: Dict[str, Tuple[str, str]] = {}
        for tag in d.tags.tags:
            side = _SIDES.get(tag.kind)
            for word in tag.words[script] if side else ():
                other, other_side = said.setdefault(word.casefold(), (tag.key, side or ""))
                if other_side != side:
                    path = f"tags[{tag.key}].words.{script}"
                    problem = f"{word!r} means {side} here and {other_side} in the tag {other!r}"
                    yield DefinitionError("tags.yml", path, problem, "keep it in one of the two")


def each_severity_has_a_level(d: Definitions) -> Problems:
    file = "service_levels.yml"
    yield from unknown(file, "levels", "severity", d.service_levels.levels, SEVERITIES)
    yield from unknown(file, "default_team", "team", [d.service_levels.default_team], _team_keys(d))
    for severity in SEVERITIES:
        if severity not in d.service_levels.levels:
            problem = f"the severity {severity!r} has no service level"
            yield DefinitionError(file, f"levels.{severity}", problem, "add first_response, next_response, resolution")


CHECKS: List[Callable[[Definitions], Problems]] = [
    keys_are_unique,
    touchpoints_are_known,
    each_touchpoint_has_one_survey,
    conditions_can_hold,
    tags_are_known,
    there_are_enough_tags,
    no_word_is_both_pain_and_delight,
    each_severity_has_a_level,
    remedy_checks.rules_name_what_exists,
    remedy_checks.money_is_said_once,
    remedy_checks.sums_make_sense,
    remedy_checks.wordings_can_be_filled,
    remedy_checks.explanations_are_where_they_are_said,
    remedy_checks.every_category_has_a_way_out,
    remedy_checks.offers_keep_to_the_limits,
    remedy_checks.every_rule_can_be_reached,
    saved_reply_checks.replies_name_what_exists,
    saved_reply_checks.texts_can_be_filled,
]
