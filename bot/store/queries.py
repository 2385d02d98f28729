"""What the web app reads: `Queries(engine)`, one method for each question, answers in the contract's shape.

Customers' words are masked unless `unmasked=True` is asked for.
"""

from bot.store.reading_cases import ReadingCases
from bot.store.reading_marks import ReadingMarks
from bot.store.reading_notices import ReadingNotices
from bot.store.reading_rates import RATES, ReadingRates
from bot.store.reading_responses import ReadingResponses
from bot.store.reading_scores import GROUPS, ReadingScores

__all__ = ["GROUPS", "RATES", "Queries"]


class Queries(ReadingResponses, ReadingCases, ReadingMarks, ReadingScores, ReadingRates, ReadingNotices):
    """All queries."""
