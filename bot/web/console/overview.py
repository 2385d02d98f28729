"""How it went at each touchpoint, in figures."""

from dataclasses import dataclass
from typing import List, Optional

from bot.core.metrics import Figure
from bot.core.types import SCALES
from bot.web.api.metrics import METRICS, active
from bot.web.console.bars import Bar, bar, written
from bot.web.context import Web


@dataclass(frozen=True)
class Line:
    """One metric of one touchpoint."""

    touchpoint: str
    metric: str
    n: int
    value: str
    interval: str
    bar: Optional[Bar]


@dataclass(frozen=True)
class Stage:
    name: str
    lines: List[List[Line]]  # by touchpoint


def stages(web: Web, language: str) -> List[Stage]:
    """Stages in order, with each touchpoint's main score and its experience."""
    definitions = active(web)
    counts = {scale: web.wiring.queries.scores(scale, group_by="touchpoint") for scale in SCALES}
    drawn = []
    for stage in definitions.journey.stages:
        points = [point for point in definitions.journey.touchpoints if point.stage == stage.key]
        lines = []
        for point in points:
            asked = [question.scale for question in definitions.survey_for(point.key).questions if question.scale]
            metrics = list(dict.fromkeys(asked))  # each once, in the order of the survey: the main score first
            name = point.name.get(language)
            lines.append(
                [_line(name, metric, METRICS[metric](counts[metric].get(point.key, {}))) for metric in metrics]
            )
        drawn.append(Stage(stage.name.get(language), lines))
    return drawn


def _line(name: str, metric: str, figure: Figure) -> Line:
    low, high = written(metric, figure.ci_low, unit=False), written(metric, figure.ci_high, unit=False)
    interval = f"{low} … {high}" if figure.ci_low is not None else "–"
    return Line(name, metric, figure.n, written(metric, figure.value), interval, bar(metric, figure))
