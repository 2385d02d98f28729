"""How often which score and which tag was given: what the metrics are made from."""

from collections import defaultdict
from datetime import datetime, timezone, tzinfo
from typing import Any, Callable, Dict, List, Mapping, Optional

from sqlalchemy import String, distinct, func, literal_column, select, type_coerce

from bot.core.errors import InvalidInput
from bot.core.types import SCALES, Score
from bot.store.reading_base import ReadingBase
from bot.store.responses import whole
from bot.store.tables import answers, conversations, customers, responses, tags, verbatims

ScoreCounts = Dict[Score, int]

_COLUMNS = {
    "touchpoint": responses.c.touchpoint,
    "stage": responses.c.touchpoint,
    "segment": responses.c.segment,
    "channel": responses.c.channel,
    "store": responses.c.store_id,
    "staff": responses.c.staff_id,
}
_PERIODS: Mapping[str, Callable[[datetime], str]] = {
    "day": lambda moment: moment.strftime("%Y-%m-%d"),
    "week": lambda moment: "{}-W{:02d}".format(*moment.isocalendar()),
    "month": lambda moment: moment.strftime("%Y-%m"),
}
GROUPS = (*_COLUMNS, *_PERIODS)


class ReadingScores(ReadingBase):
    """The part of `Queries` about scores and tags. All count what was said with since ≤ time < until."""

    def scores(
        self,
        scale: str,
        group_by: Optional[str] = None,
        since: Optional[datetime] = None,
        until: Optional[datetime] = None,
        stages: Optional[Mapping[str, str]] = None,
        zone: tzinfo = timezone.utc,
        main: Optional[Mapping[str, str]] = None,
    ) -> Dict[Optional[str], ScoreCounts]:
        """How often each score was given on `scale`, by group; answers that were corrected or skipped do not count.

        group_by: one of GROUPS, or None for the one group `all`. The group None holds what has no such value. Days,
        weeks (2026-W47) and months are those of `zone`. stages: touchpoint → stage, needed for group_by="stage".
        main: survey → key of its main question, if only main questions count. Raises InvalidInput.
        """
        if scale not in SCALES:
            raise InvalidInput(f"scale must be one of {', '.join(SCALES)}", field="scale")
        grouped = self._group(group_by)
        chosen = (grouped, responses.c.survey, answers.c.question, answers.c.score)
        counts: Dict[Optional[str], ScoreCounts] = defaultdict(dict)
        for raw, survey, question, score, times in self._count(scale, chosen, since, until):
            if main is not None and main.get(survey) != question:
                continue
            counts_of_group = counts[_name(group_by, raw, stages or {}, zone)]
            exact = whole(score)
            counts_of_group[exact] = counts_of_group.get(exact, 0) + times  # type: ignore[index,arg-type]
        return dict(counts)

    def journey_scores(
        self, since: Optional[datetime] = None, until: Optional[datetime] = None
    ) -> Dict[str, Dict[Optional[str], ScoreCounts]]:
        """Experience scores: touchpoint → segment (None: not known) → score → how often."""
        chosen = (responses.c.touchpoint, responses.c.segment, answers.c.score)
        counts: Dict[str, Dict[Optional[str], ScoreCounts]] = defaultdict(lambda: defaultdict(dict))
        for touchpoint, segment, score, times in self._count("experience", chosen, since, until):
            if touchpoint is not None:
                counts[touchpoint][segment][whole(score)] = times  # type: ignore[index]
        return {touchpoint: dict(segments) for touchpoint, segments in counts.items()}

    def tag_counts(self, since: Optional[datetime] = None, until: Optional[datetime] = None) -> List[Dict[str, Any]]:
        """[{tag, category, polarity, n}], the most frequent first; n = verbatims in which it was mentioned."""
        times = func.count(distinct(tags.c.verbatim_id)).label("n")
        named = (tags.c.tag, tags.c.category, tags.c.polarity)
        query = (
            select(*named, times)
            .join(verbatims, verbatims.c.id == tags.c.verbatim_id)
            .where(*_between(verbatims.c.at, since, until))
            .group_by(*named)
            .order_by(times.desc(), tags.c.tag, tags.c.polarity)
        )
        with self._read() as connection:
            return [dict(found._mapping) for found in connection.execute(query)]

    def journey_tags(
        self, since: Optional[datetime] = None, until: Optional[datetime] = None
    ) -> Dict[str, Dict[Optional[str], List[Dict[str, Any]]]]:
        """Tags: touchpoint → segment (None: not known) → [{tag, category, polarity, n}], the most frequent first."""
        times = func.count(distinct(tags.c.verbatim_id)).label("n")
        named = (tags.c.tag, tags.c.category, tags.c.polarity)
        # The response's own segment: it stays when the person is erased.
        where = (conversations.c.touchpoint, func.coalesce(responses.c.segment, customers.c.segment))
        query = (
            select(*where, *named, times)
            .select_from(tags)
            .join(verbatims, verbatims.c.id == tags.c.verbatim_id)
            .join(conversations, conversations.c.id == verbatims.c.conversation_id)
            .outerjoin(responses, responses.c.id == verbatims.c.response_id)
            .outerjoin(customers, customers.c.id == conversations.c.customer_id)
            .where(conversations.c.touchpoint.is_not(None), *_between(verbatims.c.at, since, until))
            .group_by(*where, *named)
            .order_by(times.desc(), tags.c.tag, tags.c.polarity)
        )
        found: Dict[str, Dict[Optional[str], List[Dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        with self._read() as connection:
            for touchpoint, segment, *shown in connection.execute(query):
                found[touchpoint][segment].append(dict(zip(("tag", "category", "polarity", "n"), shown, strict=True)))
        return {touchpoint: dict(segments) for touchpoint, segments in found.items()}

    def _count(self, scale: str, chosen: Any, since: Optional[datetime], until: Optional[datetime]) -> List[Any]:
        query = (
            select(*chosen, func.count())
            .join(responses, responses.c.id == answers.c.response_id)
            .where(
                answers.c.scale == scale,
                answers.c.superseded_at.is_(None),
                answers.c.score.is_not(None),
                *_between(answers.c.answered_at, since, until),
            )
            .group_by(*chosen)
        )
        with self._read() as connection:
            return connection.execute(query).all()

    def _group(self, group_by: Optional[str]) -> Any:
        if group_by is None:
            return responses.c.survey.label("grouped")  # any column: all become one group below
        if group_by in _COLUMNS:
            return _COLUMNS[group_by].label("grouped")
        if group_by not in _PERIODS:
            raise InvalidInput(f"group_by must be one of {', '.join(GROUPS)}", field="group_by")
        # To ten minutes, "2026-11-21 20:5": few rows, and each falls into one day of every zone that people live in.
        if self._postgresql:
            written = func.to_char(
                func.timezone(literal_column("'UTC'"), answers.c.answered_at), literal_column("'YYYY-MM-DD HH24:MI'")
            )
        else:
            written = type_coerce(answers.c.answered_at, String)
        return func.substr(written, literal_column("1"), literal_column("15")).label("grouped")


def _between(column: Any, since: Optional[datetime], until: Optional[datetime]) -> List[Any]:
    return ([column >= since] if since else []) + ([column < until] if until else [])


def _name(group_by: Optional[str], raw: Optional[str], stages: Mapping[str, str], zone: tzinfo) -> Optional[str]:
    if group_by is None:
        return "all"
    if group_by == "stage":
        return stages.get(raw) if raw else None
    if group_by in _PERIODS and raw:
        moment = datetime.fromisoformat(raw + "0").replace(tzinfo=timezone.utc)
        return _PERIODS[group_by](moment.astimezone(zone))
    return raw
