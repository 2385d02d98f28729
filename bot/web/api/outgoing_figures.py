"""What the API gives in figures: metrics, journey, tags."""

from typing import List, Optional

from pydantic import BaseModel, Field


class MetricItem(BaseModel):
    group: Optional[str]
    value: Optional[float] = Field(None, description="null where n is 0")
    n: int
    ci_low: Optional[float]
    ci_high: Optional[float]
    pending: Optional[int] = Field(None, description="fcr: cases whose seven days are not over; not in n")
    paired: Optional[int] = Field(None, description="recovery_rate: how many also gave a main score before, on csat")
    paired_difference: Optional[float] = Field(None, description="recovery_rate: their mean of after - before")


class MetricOut(BaseModel):
    items: List[MetricItem]
    metric: str
    method: str = Field(..., description="What the figure is and how its interval is made")


class TagCount(BaseModel):
    tag: str
    name: str
    n: int


class JourneyPoint(BaseModel):
    """One touchpoint; the mean of the experience question (-5..+5) with its 95 % interval."""

    touchpoint: str
    name: str
    stage: str
    mean: Optional[float]
    n: int
    ci_low: Optional[float]
    ci_high: Optional[float]
    pain: List[TagCount]
    delight: List[TagCount]


class Moment(BaseModel):
    touchpoint: str
    mean: float


class JourneyLine(BaseModel):
    """peak: the largest absolute mean; end: the last touchpoint that was answered; peak_end: the mean of the two."""

    touchpoints: List[JourneyPoint]
    peak: Optional[Moment]
    end: Optional[Moment]
    peak_end: Optional[float]


class StageOut(BaseModel):
    stage: str
    name: str
    touchpoints: List[str]


class SegmentLine(JourneyLine):
    segment: str


class JourneyOut(JourneyLine):
    stages: List[StageOut]
    segments: List[SegmentLine]


class TagRank(BaseModel):
    """n: mentions in the period; share: of all mentions; change: n minus that of the period before, of equal length."""

    tag: str
    name: str
    category: str
    polarity: str
    n: int
    share: float
    change: int


class TagsOut(BaseModel):
    items: List[TagRank]
