"""The examples of the acts, `data/nlu/<language>.yml`: one line is added, every other byte stays."""

import re
from typing import List, Optional, Tuple

import yaml

_INDENT = "    "
_EXAMPLE = re.compile(r"^(\s+)- ")


class NotInserted(Exception):
    """The file is not laid out as it should be; it was left as it is."""


def with_example(content: str, act: str, text: str) -> str:
    """The file's text with one more example of an act. Raises NotInserted."""
    new_line, written = "\r\n" if "\r\n" in content else "\n", in_nlu(text)
    lines = content.split(new_line)
    at, indent = _end_of(lines, act)
    if at is None:
        more = [f"- intent: {act}", "  examples: |", f"{_INDENT}- {written}"]
        at = len(lines) - 1 if lines[-1] == "" else len(lines)
    else:
        more = [f"{indent}- {written}"]
    after = new_line.join([*lines[:at], *more, *lines[at:]])
    _check(content, after, act, written)
    return after


def in_nlu(text: str) -> str:
    """Rasa reads [words](entity) as an annotation; wide brackets read the same to the pipeline and mean nothing."""
    return text.replace("[", "［").replace("]", "］")


def _end_of(lines: List[str], act: str) -> Tuple[Optional[int], str]:
    """(where the examples of the act end, their indent); (None, "") where the act has no block."""
    head = re.compile(rf"^\s*- intent: *{re.escape(act)}\s*$")
    start = next((at for at, line in enumerate(lines) if head.match(line)), None)
    if start is None:
        return None, ""
    end, indent = None, _INDENT
    for at in range(start + 1, len(lines)):
        found = _EXAMPLE.match(lines[at])
        if found:
            end, indent = at + 1, found.group(1)
        elif end is not None or re.match(r"^\s*- intent:", lines[at]):
            break
    if end is None:
        raise NotInserted(f"the intent {act} has no list of examples")
    return end, indent


def _check(before: str, after: str, act: str, text: str) -> None:
    """Read again, it is what it was and this one example."""
    try:
        was, now = _blocks(before), _blocks(after)
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise NotInserted(f"it cannot be read: {error}") from error
    place = next((at for at, (intent, _) in enumerate(was) if intent == act), len(was))
    examples = was[place][1].rstrip("\n") + "\n" if place < len(was) else ""
    wanted = [*was[:place], (act, f"{examples}- {text}"), *was[place + 1 :]]
    if [(intent, lines.rstrip("\n")) for intent, lines in wanted] != [(one, lines.rstrip("\n")) for one, lines in now]:
        raise NotInserted(f"{text!r} would not be read as it is written")


def _blocks(content: str) -> List[Tuple[str, str]]:
    return [(block["intent"], str(block["examples"])) for block in yaml.safe_load(content)["nlu"]]
