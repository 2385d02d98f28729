"""Filters that several calls share."""

from datetime import datetime
from typing import Any, Optional, Sequence

from fastapi import Query

from bot.web.api.incoming import aware_time
from bot.web.errors import ErrorStatus

CASE_STATUSES = ("recovering", "resolved_by_bot", "escalated", "in_progress", "resolved", "closed")


def text(description: str, example: Optional[str] = None) -> Any:
    """A filter by a key or an id."""
    return Query(None, min_length=1, max_length=128, description=description, example=example)


def time(description: str, alias: Optional[str] = None) -> Any:
    """A filter by time; see `moment`."""
    return Query(None, alias=alias, max_length=40, description=f"{description}; ISO 8601 with an offset")


def moment(name: str, value: Optional[str]) -> Optional[datetime]:
    """The time that a filter gives. Raises a 422 that names the filter."""
    if value is None:
        return None
    # the + of an offset, when it is not escaped, arrives as a blank
    text = value.replace(" ", "+") if value[10:11] == "T" else value
    try:
        return aware_time(text)
    except ValueError as error:
        raise ErrorStatus(422, f"{name} {error}", name) from error


def one_of(name: str, value: Optional[str], allowed: Sequence[str]) -> Optional[str]:
    """The value, if it is allowed or not given. Raises a 422 that names the filter."""
    if value is not None and value not in allowed:
        raise ErrorStatus(422, f"{name} is one of {', '.join(allowed)}", name)
    return value


def in_order(since: Optional[datetime], until: Optional[datetime], name: str) -> None:
    """Refuses a period that ends before it begins."""
    if since and until and since > until:
        raise ErrorStatus(422, f"{name} lies before the beginning of the period", name)


def cursor() -> Any:
    return Query(None, max_length=512, description="`next_cursor` of the page before")


def limit() -> Any:
    return Query(50, ge=1, le=200, description="How many at most")
