"""Reads a folder of definitions and says, for everything that is wrong in it, where it is and how to mend it."""

import hashlib
import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple, Type

from pydantic import ValidationError

from bot.core.definitions import Definitions, Journey, ServiceLevels, Survey, Taxonomy
from bot.core.errors import DefinitionError
from bot.core.model import Model
from bot.core.remedy_policy import RemedyPolicy
from bot.core.retention import Retention
from bot.core.saved_replies import SavedReply
from bot.definitions.checks import CHECKS
from bot.definitions.reading import read

SHIPPED = Path(__file__).parent / "shipped"


class _Surveys(Model):
    surveys: List[Survey]


class _SavedReplies(Model):
    replies: List[SavedReply]


_FILES: Mapping[str, Type[Model]] = {
    "journey": Journey,
    "surveys": _Surveys,
    "tags": Taxonomy,
    "remedies": RemedyPolicy,
    "service_levels": ServiceLevels,
    "saved_replies": _SavedReplies,
    "retention": Retention,
}
# A folder that was copied before these were there goes on without them; then what the model says counts.
_OPTIONAL = ("saved_replies", "retention")


def load(folder: Path) -> Definitions:
    """The definitions in `folder`, checked as a whole. Raises DefinitionError, which names every problem found."""
    parts: Dict[str, Any] = {}
    problems: List[DefinitionError] = []
    for name, model in _given(folder).items():
        try:
            raw = read(folder / f"{name}.yml")
            parts[name] = model.parse_obj(raw)
        except DefinitionError as error:
            problems.append(error)
        except ValidationError as error:
            problems += _problems(f"{name}.yml", raw, error)
    _raise_any(problems)
    parts["surveys"] = parts["surveys"].surveys
    if "saved_replies" in parts:
        parts["saved_replies"] = parts["saved_replies"].replies
    definitions = Definitions(**parts)
    _raise_any([problem for check in CHECKS for problem in check(definitions)])
    return definitions


def _given(folder: Path) -> Mapping[str, Type[Model]]:
    return {name: model for name, model in _FILES.items() if name not in _OPTIONAL or (folder / f"{name}.yml").exists()}


def digest(folder: Path) -> str:
    """SHA-256 of what the folder says; comments, layout and the order of keys do not change it.

    Raises DefinitionError if a file cannot be read.
    """
    content = {name: read(folder / f"{name}.yml") for name in _given(folder)}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def as_json(definitions: Definitions) -> Dict[str, Any]:
    """A plain dict, ready for `json.dumps`, with the keys of the YAML files."""
    content: Dict[str, Any] = json.loads(definitions.json(by_alias=True, exclude_unset=True))
    return content


def from_json(value: Mapping[str, Any]) -> Definitions:
    """The inverse of `as_json`."""
    return Definitions.parse_obj(value)


def _raise_any(problems: Sequence[DefinitionError]) -> None:
    if problems:
        first, *others = problems
        raise DefinitionError(first.file, first.key_path, first.problem, first.mend, others)


def _problems(file: str, raw: Any, error: ValidationError) -> List[DefinitionError]:
    found = []
    for detail in error.errors():
        loc = tuple(step for step in detail["loc"] if step != "__root__")
        problem, mend = _told(detail, loc, raw)
        found.append(DefinitionError(file, _path(raw, loc), problem, mend))
    return found


def _told(detail: Mapping[str, Any], loc: Tuple[Any, ...], raw: Any) -> Tuple[str, str]:
    """What is wrong and how to mend it, in a manager's words."""
    if detail["type"] == "value_error.missing":
        return f"{loc[-1]!r} is missing", "add it"
    if detail["type"] == "value_error.extra":
        close = get_close_matches(str(loc[-1]), _known_keys(), n=1)
        return f"{loc[-1]!r} is no key that is known here", f"did you mean {close[0]!r}?" if close else "remove it"
    value = _at(raw, loc)
    shown = f"{value!r}: " if isinstance(value, (str, int, float, bool)) and repr(value) not in detail["msg"] else ""
    return shown + detail["msg"], "correct the value"


def _known_keys() -> List[str]:
    return sorted({field.alias for model in Model.__subclasses__() for field in model.__fields__.values()})


def _at(raw: Any, loc: Sequence[Any]) -> Any:
    for step in loc:
        try:
            raw = raw[step]
        except (LookupError, TypeError):
            return None
    return raw


def _path(raw: Any, loc: Sequence[Any]) -> str:
    """`tags[queue_too_long].team`: items of a list go by their key, which can be searched for in the file."""
    path = ""
    for position, step in enumerate(loc):
        if isinstance(step, int):
            item = _at(raw, loc[: position + 1])
            names = "kind" if loc[:position] == ("kinds",) else "key"
            name = item.get(names, step) if isinstance(item, dict) else step
            path += f"[{name}]"
        else:
            path += f".{step}" if path else str(step)
    return path or "(file)"
