"""What an operator is shown of words whose reading they should judge."""

from dataclasses import dataclass
from typing import Optional, Tuple

from bot.core.records import StoredTag, Verbatim


@dataclass(frozen=True)
class ToReview:
    """Words whose reading an operator should judge: nobody was sure of the act, or a person corrected the tags.

    asked: what had been said to the customer just before, if anything. tags: as they stand now. added, removed: keys of
    the tags that were corrected. customer_name: to be left out of whatever is learnt from it.
    """

    verbatim: Verbatim
    asked: Optional[str] = None
    tags: Tuple[StoredTag, ...] = ()
    added: Tuple[str, ...] = ()
    removed: Tuple[str, ...] = ()
    customer_name: Optional[str] = None
