"""The arithmetic of the benchmark: what its table says follows from what was measured."""

import pytest

from benchmarks import report

TITLES = {"a": "(a) stock", "b": "(b) stock + action", "c": "(c) ours"}


@pytest.mark.parametrize(("wanted", "value"), [(50, 50), (95, 95), (100, 100), (1, 1), (0, 1)])
def test_a_percentile_is_the_nearest_rank(wanted: int, value: int) -> None:
    assert report.percentile(list(range(100, 0, -1)), wanted) == value


def test_a_percentile_of_few_is_one_of_them() -> None:
    assert report.percentile([3.0, 1.0, 2.0], 95) == 3.0
    assert report.percentile([3.0, 1.0, 2.0], 50) == 2.0


def test_of_nothing_there_is_no_percentile_mean_or_median() -> None:
    assert report.percentile([], 50) is None
    assert report.mean([]) is None
    assert report.median([None]) is None


def test_medians_go_over_the_rounds_and_leave_out_what_one_round_lacks() -> None:
    found = report.medians([{"ready": 10.0}, {"ready": 30.0}, {"ready": 12.0, "pss": 500.0}])
    assert found["ready"] == 12.0
    assert found["pss"] == 500.0
    assert found["alone_p50"] is None


def test_growth_is_the_median_of_each_rounds_own_ratio() -> None:
    rounds = [{"turn_5": 10.0, "turn_last": 20.0}, {"turn_5": 20.0, "turn_last": 20.0}]
    assert report.medians(rounds)["growth"] == 1.5


@pytest.mark.parametrize(
    ("one", "other", "is_"), [(10.0, 4.0, 2.5), (None, 4.0, None), (10.0, None, None), (10.0, 0.0, None)]
)
def test_a_ratio_needs_both(one: float, other: float, is_: float) -> None:
    assert report.ratio(one, other) == is_


def test_the_table_sets_ours_against_each_stock_assistant() -> None:
    results = {
        "a": {"turns_per_second": 50.0, "alone_p50": 20.0, "text_p50": 20.0},
        "b": {"turns_per_second": 10.0, "alone_p50": 80.0, "text_p50": 80.0},
        "c": {"turns_per_second": 25.0, "alone_p50": 40.0, "text_p50": 41.0},
    }
    lines = report.table(TITLES, results).splitlines()
    assert lines[0].split("  ")[-2:] == ["ours/(a)", "ours/(b)"]
    assert line_of(lines, "turns/s")[-5:] == ["50.0", "10.0", "25.0", "0.50", "2.50"]
    assert line_of(lines, "p50, 1 at once")[-5:] == ["20.0", "80.0", "40.0", "2.00", "0.50"]
    # stock has no taps: no comparison is made up
    assert line_of(lines, "p50 free text")[-5:] == ["–", "–", "41.0", "–", "–"]


def test_the_table_compares_with_what_was_measured_only() -> None:
    lines = report.table(TITLES, {"b": {"ready": 30.0}, "c": {"ready": 10.0}}).splitlines()
    assert "ours/(a)" not in lines[0]
    assert line_of(lines, "time to ready")[-3:] == ["30.0", "10.0", "0.33"]
    assert "ours/" not in report.table(TITLES, {"c": {"ready": 10.0}})


def test_doubts_name_lost_turns_time_limits_and_a_busy_machine() -> None:
    good = {"alone_unanswered": 0, "busy_before": 3.0}
    bad = {"together_unanswered": 3, "long_cut_short": True, "busy_before": 60.0}
    assert report.doubts(TITLES, {"a": [good]}) == []
    told = report.doubts(TITLES, {"a": [good, bad]})
    assert len(told) == 3
    assert all(line.startswith("(a) stock, round 2: ") for line in told)


def line_of(lines: list, title: str) -> list:
    return next(line.split() for line in lines if line.strip().startswith(title))
