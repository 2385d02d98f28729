"""What a message should have been understood to be."""

from dataclasses import dataclass, replace
from typing import Tuple

from bot.core.types import SEVERITIES
from bot.language.opinions import SIGN_OF

STRONGEST = 5


@dataclass(frozen=True)
class Label:
    """sentiment: −5..+5. tags: (key, polarity), in the order in which they were found or added."""

    act: str
    sentiment: int = 0
    severity: str = "none"
    tags: Tuple[Tuple[str, str], ...] = ()

    def felt(self, step: int) -> "Label":
        """Stronger or weaker by `step`, within the scale."""
        return replace(self, sentiment=max(-STRONGEST, min(STRONGEST, self.sentiment + step)))

    def with_severity(self, severity: str) -> "Label":
        if severity not in SEVERITIES:
            raise ValueError(severity)
        return replace(self, severity=severity)

    def with_act(self, act: str) -> "Label":
        return replace(self, act=act)

    def toggled(self, tag: str, polarity: str) -> "Label":
        """Without the tag where it is there with this polarity; else with it, in place of another polarity of it."""
        others = tuple(one for one in self.tags if one[0] != tag)
        return replace(self, tags=others if (tag, polarity) in self.tags else (*others, (tag, polarity)))

    def shown_tags(self) -> str:
        """As the data files write them: `queue_too_long- staff_friendly+`."""
        return " ".join(f"{tag}{SIGN_OF[polarity]}" for tag, polarity in self.tags)
