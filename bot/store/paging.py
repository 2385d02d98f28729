"""Cursors: where the next page begins, as a text that callers only hand back."""

import base64
import json
from datetime import datetime
from typing import Any, List, Sequence, Type

from bot.core.errors import InvalidInput

MOST = 200


def check_limit(limit: int) -> int:
    """The page size, if it is one. Raises InvalidInput."""
    if not 1 <= limit <= MOST:
        raise InvalidInput(f"limit must lie between 1 and {MOST}", field="limit")
    return limit


def cursor_of(values: Sequence[Any]) -> str:
    """The cursor for the sort key `values` of the last item of a page."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def values_of(cursor: str, types: Sequence[Type]) -> List[Any]:
    """The sort key in `cursor`, its values of these types. Raises InvalidInput for what is no cursor of ours."""
    try:
        plain = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(plain, list):
            raise ValueError("not a list")
        return [_value(value, kind) for value, kind in zip(plain, types, strict=True)]
    except (ValueError, RecursionError) as error:
        raise InvalidInput("not a cursor that came with an earlier page", field="cursor") from error


def _value(value: Any, kind: Type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        if moment.tzinfo is None:
            raise ValueError("a time without zone")
        return moment
    if type(value) is not kind:
        raise ValueError(f"not a {kind.__name__}")
    return value
