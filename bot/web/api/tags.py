"""`GET /tags`: what customers speak of, the most frequent first."""

from datetime import datetime, timedelta, timezone
from typing import Any, Dict, List, Optional, Tuple

from fastapi import Depends, Query

from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.metrics import active
from bot.web.api.outgoing_figures import TagsOut
from bot.web.context import Web, web_of

router = keyed_router("tags")

DEFAULT_PERIOD = timedelta(days=30)


@router.get("/tags", response_model=TagsOut)
def tags(
    since: Optional[str] = filters.time("Said at this time or later; 30 days before `to` if not given", alias="from"),
    until: Optional[str] = filters.time("Said before this time; now if not given", alias="to"),
    language: str = Query("en", max_length=16, description="Language of the names"),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """Ranking; `change` compares with the period of the same length just before."""
    end = filters.moment("to", until) or datetime.now(timezone.utc)
    start = filters.moment("from", since) or end - DEFAULT_PERIOD
    filters.in_order(start, end, "to")
    names = {tag.key: tag.name.get(language) for tag in active(web).tags.tags}
    now = web.wiring.queries.tag_counts(since=start, until=end)
    before = _by_key(web.wiring.queries.tag_counts(since=start - (end - start), until=start))
    mentions = sum(tag["n"] for tag in now)
    items = [
        {
            **tag,
            "name": names.get(tag["tag"], tag["tag"]),
            "share": tag["n"] / mentions,
            "change": tag["n"] - before.get((tag["tag"], tag["polarity"]), 0),
        }
        for tag in now
    ]
    return {"items": items}


def _by_key(counts: List[Dict[str, Any]]) -> Dict[Tuple[str, str], int]:
    return {(tag["tag"], tag["polarity"]): tag["n"] for tag in counts}
