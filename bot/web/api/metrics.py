"""`GET /metrics`: the figures, each with n and its 95 % interval."""

from typing import Any, Callable, Dict, Mapping, Optional
from zoneinfo import ZoneInfo

from fastapi import Depends, Query

from bot.core import metrics as figures
from bot.core.definitions import Definitions
from bot.core.metrics import Counts, Figure
from bot.store.queries import GROUPS
from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing import ErrorBody
from bot.web.api.outgoing_figures import MetricOut
from bot.web.context import Web, web_of
from bot.web.errors import ErrorStatus

router = keyed_router("metrics")

# Each is counted on the scale of its own name.
METRICS: Mapping[str, Callable[[Counts], Figure]] = {
    "nps": figures.nps,
    "csat": figures.csat,
    "ces": figures.ces,
    "experience": figures.experience,
}
LATER = ("response_rate", "completion_rate", "fcr", "recovery_rate")
METHODS = {
    "nps": "Share of 9-10 less share of 0-6, in percent of valid answers; adjusted Wald interval",
    "csat": "Share of 4 and 5 on 1-5, in percent; Agresti-Coull interval",
    "ces": "Mean agreement on 1-7 that the issue was easy to handle; Student-t interval",
    "experience": "Mean answer to the experience question, -5..+5; Student-t interval",
}


@router.get("/metrics", response_model=MetricOut, responses={404: {"model": ErrorBody}})
def metrics(
    metric: str = Query(..., max_length=64, description="One of " + ", ".join(METRICS), example="csat"),
    group_by: Optional[str] = filters.text("One of " + ", ".join(GROUPS), "touchpoint"),
    since: Optional[str] = filters.time("Answered at this time or later", alias="from"),
    until: Optional[str] = filters.time("Answered before this time", alias="to"),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """One figure, or one for each group; days, weeks and months are those of the default team's time zone."""
    if metric in LATER:
        raise ErrorStatus(404, f"The metric {metric} is not there yet; there are {', '.join(METRICS)}.", "metric")
    filters.one_of("metric", metric, tuple(METRICS))
    filters.one_of("group_by", group_by, GROUPS)
    start, end = filters.moment("from", since), filters.moment("to", until)
    filters.in_order(start, end, "to")
    definitions = active(web)
    counts = web.wiring.queries.scores(
        metric,
        group_by=group_by,
        since=start,
        until=end,
        stages={point.key: point.stage for point in definitions.journey.touchpoints},
        zone=home_zone(definitions),
    )
    if group_by is None:
        counts = counts or {"all": {}}
    items = [_item(group, METRICS[metric](counts[group])) for group in _ordered(counts, group_by, definitions)]
    return {"metric": metric, "method": METHODS[metric], "items": items}


def active(web: Web) -> Definitions:
    with web.wiring.store.read() as tx:
        return web.wiring.definitions.current(tx)


def home_zone(definitions: Definitions) -> ZoneInfo:
    levels = definitions.service_levels
    return ZoneInfo(levels.team(levels.default_team).time_zone)


def _ordered(counts: Mapping[Optional[str], Counts], group_by: Optional[str], definitions: Definitions) -> Any:
    """Touchpoints and stages as in the journey, all else by name; what has no such value comes last."""
    journey = definitions.journey
    order = [point.key for point in (journey.stages if group_by == "stage" else journey.touchpoints)]
    known = order if group_by in ("stage", "touchpoint") else []
    return sorted(counts, key=lambda g: (g is None, known.index(g) if g in known else len(known), str(g)))


def _item(group: Optional[str], figure: Figure) -> Dict[str, Any]:
    return {
        "group": group,
        "value": figure.value,
        "n": figure.n,
        "ci_low": figure.ci_low,
        "ci_high": figure.ci_high,
    }
