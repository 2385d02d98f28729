"""YAML as a CX manager writes it: `yes` and `10:00` are words, and a key given twice is a mistake."""

from pathlib import Path
from typing import Any, Dict, Hashable

import yaml

from bot.core.errors import DefinitionError

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


class _Loader(_SafeLoader):
    """The safe loader, strict about keys given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Dict[Hashable, Any]:
        seen: Dict[Any, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # the safe loader itself refuses it
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None,
                    None,
                    f"the key {key.value!r} is given twice (first on line {seen[key.value]})",
                    key.start_mark,
                )
            seen[key.value] = key.start_mark.line + 1
        return super().construct_mapping(node, deep)


# YAML 1.1 makes booleans of yes and no and the number 600 of 10:00; nobody who writes a survey means that.
def _bool(loader: Any, node: Any) -> Any:
    return {"true": True, "false": False}.get(node.value.lower(), node.value)


def _int(loader: Any, node: Any) -> Any:
    return node.value if ":" in node.value else loader.construct_yaml_int(node)


def _timestamp(loader: Any, node: Any) -> Any:
    return node.value  # the models read dates, and say which one is none


_Loader.add_constructor("tag:yaml.org,2002:bool", _bool)
_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def read(path: Path) -> Any:
    """The content of a YAML file. Raises DefinitionError if it is missing, empty or no YAML; names the line."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except FileNotFoundError:
        raise DefinitionError(path.name, "(file)", "the file is missing", f"add it to {path.parent}") from None
    except OSError as error:
        raise DefinitionError(path.name, "(file)", f"it cannot be read: {error}", "check its permissions") from None
    except UnicodeDecodeError:
        raise DefinitionError(path.name, "(file)", "the file is not UTF-8", "save it as UTF-8") from None
    except yaml.YAMLError as error:
        raise _as_definition_error(path, error) from None
    if not isinstance(content, dict):
        raise DefinitionError(path.name, "(file)", "the file holds no keys", "compare it with the shipped one")
    return content


def _as_definition_error(path: Path, error: yaml.YAMLError) -> DefinitionError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    line = f"line {mark.line + 1}" if mark else "(file)"
    twice = "is given twice" in problem
    mend = "keep one of the two" if twice else "check indentation, quotes and colons on this line and the one above"
    return DefinitionError(path.name, line, problem, mend)
