"""`GET /journey`: how it went along the way of a customer, touchpoint by touchpoint."""

from datetime import datetime
from typing import Any, Dict, List, Mapping, Optional

from fastapi import Depends, Query

from bot.core.definitions import Definitions
from bot.core.metrics import Counts, experience, peak_end, total
from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.metrics import active
from bot.web.api.outgoing_figures import JourneyOut
from bot.web.context import Web, web_of

router = keyed_router("journey")

MOST_TAGS = 5
Mentions = Mapping[Optional[str], List[Dict[str, Any]]]  # by segment


@router.get("/journey", response_model=JourneyOut)
def journey(
    since: Optional[str] = filters.time("Answered at this time or later", alias="from"),
    until: Optional[str] = filters.time("Answered before this time", alias="to"),
    language: str = Query("en", max_length=16, description="Language of the names"),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """Every stage and touchpoint in order with its mean experience, for all customers and for each segment."""
    start, end = filters.moment("from", since), filters.moment("to", until)
    filters.in_order(start, end, "to")
    return draw(web, start, end, language)


def draw(web: Web, start: Optional[datetime], end: Optional[datetime], language: str) -> Dict[str, Any]:
    definitions = active(web)
    scores = web.wiring.queries.journey_scores(since=start, until=end)
    mentions = web.wiring.queries.journey_tags(since=start, until=end)
    segments = sorted({segment for by_segment in scores.values() for segment in by_segment if segment})
    everybody = {point: total(by_segment.values()) for point, by_segment in scores.items()}
    return {
        **_line(definitions, everybody, mentions, None, language),
        "stages": [
            {
                "stage": stage.key,
                "name": stage.name.get(language),
                "touchpoints": [point.key for point in definitions.journey.touchpoints if point.stage == stage.key],
            }
            for stage in definitions.journey.stages
        ],
        "segments": [
            {
                "segment": segment,
                **_line(
                    definitions,
                    {point: by_segment.get(segment, {}) for point, by_segment in scores.items()},
                    mentions,
                    segment,
                    language,
                ),
            }
            for segment in segments
        ],
    }


def _line(
    definitions: Definitions,
    scores: Mapping[str, Counts],
    mentions: Mapping[str, Mentions],
    segment: Optional[str],
    language: str,
) -> Dict[str, Any]:
    points: List[Dict[str, Any]] = []
    for point in definitions.journey.touchpoints:
        figure = experience(scores.get(point.key, {}))
        points.append(
            {
                "touchpoint": point.key,
                "name": point.name.get(language),
                "stage": point.stage,
                "mean": figure.value,
                "n": figure.n,
                "ci_low": figure.ci_low,
                "ci_high": figure.ci_high,
                "pain": _top(definitions, mentions.get(point.key, {}), segment, "negative", language),
                "delight": _top(definitions, mentions.get(point.key, {}), segment, "positive", language),
            }
        )
    found = peak_end([(point["touchpoint"], point["mean"]) for point in points])
    return {
        "touchpoints": points,
        "peak": {"touchpoint": found.peak_touchpoint, "mean": found.peak} if found else None,
        "end": {"touchpoint": found.end_touchpoint, "mean": found.end} if found else None,
        "peak_end": found.value if found else None,
    }


def _top(
    definitions: Definitions, mentions: Mentions, segment: Optional[str], polarity: str, language: str
) -> List[Dict[str, Any]]:
    """The tags most often mentioned; segment None: by everybody."""
    counts: Dict[str, int] = {}
    for of, found in mentions.items():
        for tag in found:
            if segment in (None, of) and tag["polarity"] == polarity:
                counts[tag["tag"]] = counts.get(tag["tag"], 0) + tag["n"]
    names = {tag.key: tag.name.get(language) for tag in definitions.tags.tags}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_TAGS]
    return [{"tag": tag, "name": names.get(tag, tag), "n": n} for tag, n in ranked]
