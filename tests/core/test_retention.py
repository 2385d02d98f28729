"""How long data is kept: a number of days, or for ever."""

from datetime import datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from bot.core.retention import Retention, Term
from bot.definitions.loader import SHIPPED
from bot.definitions.reading import read

NOW = datetime(2026, 11, 20, tzinfo=timezone.utc)


def test_days_and_for_ever():
    assert Term(days=30).before(NOW) == NOW - timedelta(days=30)
    assert Term(keep="forever").before(NOW) is None


@pytest.mark.parametrize(
    "given",
    [{}, {"days": 0}, {"days": True}, {"days": "30"}, {"days": 1.5}, {"days": 36_501}, {"keep": "never"},
     {"days": 1, "keep": "forever"}, {"weeks": 1}],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(given):
    with pytest.raises(ValidationError):
        Term(**given)


def test_the_shipped_file_says_what_holds_where_a_file_says_nothing():
    shipped = Retention.parse_obj(read(SHIPPED / "retention.yml"))
    assert shipped == Retention() and set(shipped.__fields_set__) == set(Retention.__fields__)
