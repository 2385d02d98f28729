"""`GET /metrics`: the figures, each with n and its 95 % interval."""

from typing import Any, Callable, Dict, Mapping, Optional
from zoneinfo import ZoneInfo

from fastapi import Depends, Query

from bot.core import metrics as figures
from bot.core.definitions import Definitions
from bot.core.metrics import Counts, Figure
from bot.store.queries import GROUPS, RATES
from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing_figures import MetricOut
from bot.web.context import Web, web_of

router = keyed_router("metrics")

# Each is counted on the scale of its own name.
METRICS: Mapping[str, Callable[[Counts], Figure]] = {
    "nps": figures.nps,
    "csat": figures.csat,
    "ces": figures.ces,
    "experience": figures.experience,
}
METHODS = {
    "nps": "Share of 9-10 less share of 0-6, in percent of valid answers; adjusted Wald interval",
    "csat": "Share of 4 and 5 on 1-5, in percent; Agresti-Coull interval",
    "ces": "Mean agreement on 1-7 that the issue was easy to handle; Student-t interval",
    "experience": "Mean answer to the experience question, -5..+5; Student-t interval",
    "fcr": "Cases resolved in the first contact, not reopened and without another case on the same order within 7 days,"
    " in percent of cases opened in the period whose 7 days are over (the others: pending); Agresti-Coull interval",
    "recovery_rate": "Scores of 4 and 5 after a recovery, in percent of rated recoveries of cases opened in the period;"
    " Agresti-Coull interval",
    "response_rate": "Invitations with at least one answer, in percent of invitations sent in the period;"
    " Agresti-Coull interval",
    "completion_rate": "Complete responses, in percent of responses started in the period; Agresti-Coull interval",
}
ALL = (*METRICS, *RATES)


@router.get("/metrics", response_model=MetricOut, response_model_exclude_unset=True)
def metrics(
    metric: str = Query(..., max_length=64, description="One of " + ", ".join(ALL), example="csat"),
    group_by: Optional[str] = filters.text("One of " + ", ".join(GROUPS), "touchpoint"),
    since: Optional[str] = filters.time(
        "Answered, sent, started or (cases) opened at this time or later", alias="from"
    ),
    until: Optional[str] = filters.time("Before this time", alias="to"),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """One figure, or one for each group; days, weeks and months are those of the default team's time zone."""
    filters.one_of("metric", metric, ALL)
    filters.one_of("group_by", group_by, GROUPS)
    start, end = filters.moment("from", since), filters.moment("to", until)
    filters.in_order(start, end, "to")
    definitions = active(web)
    options: Dict[str, Any] = {
        "group_by": group_by,
        "since": start,
        "until": end,
        "stages": {point.key: point.stage for point in definitions.journey.touchpoints},
        "zone": home_zone(definitions),
    }
    found = _rates(web, metric, definitions, options) if metric in RATES else _scores(web, metric, options)
    if group_by is None and not found:
        found = {"all": Figure(None, 0, extra={"pending": 0} if metric == "fcr" else {})}
    items = [_item(group, found[group]) for group in _ordered(found, group_by, definitions)]
    return {"metric": metric, "method": METHODS[metric], "items": items}


def _scores(web: Web, metric: str, options: Dict[str, Any]) -> Dict[Optional[str], Figure]:
    counts = web.wiring.queries.scores(metric, **options)
    return {group: METRICS[metric](of_group) for group, of_group in counts.items()}


def _rates(web: Web, metric: str, definitions: Definitions, options: Dict[str, Any]) -> Dict[Optional[str], Figure]:
    main = {survey.key: survey.main.key for survey in definitions.surveys}
    counts = web.wiring.queries.rates(metric, web.wiring.ports.clock(), main=main, **options)
    return {group: figures.rate(parts) for group, parts in counts.items()}


def active(web: Web) -> Definitions:
    with web.wiring.store.read() as tx:
        return web.wiring.definitions.current(tx)


def home_zone(definitions: Definitions) -> ZoneInfo:
    levels = definitions.service_levels
    return ZoneInfo(levels.team(levels.default_team).time_zone)


def _ordered(counts: Mapping[Optional[str], Figure], group_by: Optional[str], definitions: Definitions) -> Any:
    """Touchpoints and stages as in the journey, all else by name; what has no such value comes last."""
    journey = definitions.journey
    order = [point.key for point in (journey.stages if group_by == "stage" else journey.touchpoints)]
    known = order if group_by in ("stage", "touchpoint") else []
    return sorted(counts, key=lambda g: (g is None, known.index(g) if g in known else len(known), str(g)))


def _item(group: Optional[str], figure: Figure) -> Dict[str, Any]:
    about_cases = ("pending", "paired", "paired_difference")
    return {
        "group": group,
        "value": figure.value,
        "n": figure.n,
        "ci_low": figure.ci_low,
        "ci_high": figure.ci_high,
        **{name: figure.extra[name] for name in about_cases if name in figure.extra},
    }
