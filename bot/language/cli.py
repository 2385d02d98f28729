"""`understand` on the command line: JSON Lines in, one line out for each, in order."""

import json
from typing import Any, Dict, TextIO

from bot.language.pipeline import Reader

_OPTIONS = ("expecting", "hint", "scale")
_ALLOWED = {
    "expecting": {"csat", "nps", "ces", "experience", "yesno", "text", "order"},
    "hint": {"zh-Hans", "zh-Hant", "en"},
    "scale": {"csat", "nps", "ces", "experience"},
}


class BadLine(ValueError):
    """A line that cannot be read. `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def understand_lines(reader: Reader, stdin: TextIO, stdout: TextIO) -> int:
    """Answers each line of `stdin` on `stdout`; empty lines are passed over. 1 if any line was bad, else 0."""
    failed = 0
    for number, line in enumerate(stdin, start=1):
        if not line.strip():
            continue
        try:
            answer = _answer(reader, line)
        except BadLine as bad:
            failed = 1
            answer = {"error": {"code": bad.code, "message": str(bad)}, "line": number}
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        stdout.flush()
    return failed


def _answer(reader: Reader, line: str) -> Dict[str, Any]:
    request = _request(line)
    options = {name: request.get(name) for name in _OPTIONS}
    return reader.understand(request["text"], **options).as_json()


def _request(line: str) -> Dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("not_json", f"the line is not JSON: {error}") from error
    if not isinstance(request, dict):
        raise BadLine("not_an_object", 'the line must be an object like {"text": "…"}')
    if not isinstance(request.get("text"), str):
        raise BadLine("text_missing", 'the object needs "text", a string')
    for name, allowed in _ALLOWED.items():
        value = request.get(name)
        if value is not None and (not isinstance(value, str) or value not in allowed):
            raise BadLine(f"{name}_unknown", f"{name} must be one of {', '.join(sorted(allowed))} or null")
    return request
