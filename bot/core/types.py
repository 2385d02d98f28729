"""The words everything else is written in: languages, scales, acts, and what a message was understood to be."""

from dataclasses import asdict, dataclass, field
from typing import Any, Dict, Mapping, Optional, Tuple, Union

# Of a business that has not given its name.
BRAND = "Hearthside"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
SEVERITIES = ("none", "low", "medium", "high", "critical")
ACTS = (
    "rate", "complain", "praise", "suggest", "affirm", "deny", "greet", "thank", "goodbye",
    "ask_human", "skip", "stop", "correct", "ask_back", "order_status", "request_remedy", "other",
)  # fmt: skip
REMEDY_KINDS = ("refund", "partial_refund", "replacement", "voucher", "redo", "visit", "callback", "explain")

# Statuses of a case: what a person has or soon will have, what is not ended, what is.
WITH_PEOPLE = ("escalated", "in_progress")
OPEN = ("recovering", *WITH_PEOPLE)
ENDED = ("resolved_by_bot", "resolved", "closed")

Score = Union[int, float]


@dataclass(frozen=True)
class Scale:
    """A rating scale.

    Attributes:
        low, high: both ends, inclusive.
        recovery_starts_at: the highest score that opens a recovery.
        satisfied_from: the lowest score that counts as satisfied.
    """

    key: str
    low: int
    high: int
    recovery_starts_at: int
    satisfied_from: int

    def holds(self, value: Score) -> bool:
        """Whether `value` lies on this scale."""
        return self.low <= value <= self.high


SCALES: Mapping[str, Scale] = {
    "csat": Scale("csat", 1, 5, recovery_starts_at=2, satisfied_from=4),
    "nps": Scale("nps", 0, 10, recovery_starts_at=6, satisfied_from=9),
    "ces": Scale("ces", 1, 7, recovery_starts_at=3, satisfied_from=5),
    "experience": Scale("experience", -5, 5, recovery_starts_at=-2, satisfied_from=2),
}


@dataclass(frozen=True)
class TagMention:
    """One tag found in a text, with the customer's words it rests on."""

    tag: str
    category: str
    polarity: str  # positive | neutral | negative
    evidence: str


@dataclass(frozen=True)
class Understanding:
    """What one message was understood to be; the CLI's `understand` prints exactly what `as_json` gives.

    certainty: the probability, 0..1, of a guess at the act that was not believed; None where nothing was in doubt.
    """

    text: str
    language: str
    act: str
    score: Optional[Score] = None
    sentiment: str = "neutral"
    tags: Tuple[TagMention, ...] = ()
    severity: str = "none"
    entities: Mapping[str, Any] = field(default_factory=dict)
    certainty: Optional[float] = None

    def as_json(self) -> Dict[str, Any]:
        """A plain dict, ready for `json.dumps`: the fields that the contract names."""
        whole = self.in_full()
        del whole["certainty"]
        return whole

    def in_full(self) -> Dict[str, Any]:
        """`as_json` with what is for ourselves only."""
        return {**asdict(self), "tags": [asdict(tag) for tag in self.tags], "entities": dict(self.entities)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Understanding":
        """The inverse of `in_full`, and of `as_json`."""
        tags = tuple(TagMention(**tag) for tag in value.get("tags", ()))
        return cls(**{**value, "tags": tags})


def worst(*severities: str) -> str:
    """The gravest of the given severities."""
    return max(severities, key=SEVERITIES.index)
