"""The formulas, on figures that were worked out by hand."""

import pytest

from evaluation.measures import Counts, Figure, half_credit, of_class, of_sets, rank_correlation, share


def test_precision_recall_and_f1_of_counts() -> None:
    counts = Counts(found=6, missed=4, wrong=2)
    assert counts.precision == Figure(0.75, 8)
    assert counts.recall == Figure(0.6, 10)
    assert counts.f1.value == pytest.approx(12 / 18)
    assert counts.f1.n == 10


def test_nothing_said_has_no_precision_and_nothing_labelled_no_recall() -> None:
    assert Counts(0, 3, 0).precision == Figure(None, 0)
    assert Counts(0, 3, 0).f1 == Figure(0.0, 3)
    assert Counts(0, 0, 2).recall == Figure(None, 0)
    assert Counts(0, 0, 0).f1 == Figure(None, 0)


def test_sets_are_counted_over_all_texts_and_doubles_once() -> None:
    pairs = [(["a", "b"], ["a", "a", "c"]), ([], ["c"]), (["b"], []), ([], [])]
    assert of_sets(pairs) == Counts(found=1, missed=2, wrong=2)


def test_a_class_is_judged_against_all_others() -> None:
    pairs = [("x", "x"), ("x", "y"), ("y", "x"), ("y", "z"), ("z", "z")]
    assert of_class("x", pairs) == Counts(1, 1, 1)
    assert of_class("y", pairs) == Counts(0, 2, 1)
    assert of_class("z", pairs) == Counts(1, 0, 1)


@pytest.mark.parametrize(
    ("label", "found", "credit"),
    [("positive", "positive", 1), ("negative", "neutral", 0.5), ("positive", "negative", 0), ("neutral", "neutral", 1)],
)
def test_neutral_is_half_right(label: str, found: str, credit: float) -> None:
    assert half_credit(label, found) == credit


def test_a_share_is_the_mean_of_its_marks_and_of_nothing_there_is_none() -> None:
    assert share([1, 0.5, 0, 1]) == Figure(0.625, 4)
    assert share(one for one in (True, False)) == Figure(0.5, 2)
    assert share([]) == Figure(None, 0)


def test_rank_correlation_goes_by_ranks_and_shares_those_of_ties() -> None:
    assert rank_correlation([1, 2, 3, 100], [-5, -4, 0, 0.1]).value == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == Figure(pytest.approx(-1.0), 3)
    # ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 · 5)
    assert rank_correlation([1, 2, 2, 3], [1, 2, 3, 4]).value == pytest.approx(4.5 / (4.5 * 5) ** 0.5)


def test_what_is_the_same_everywhere_has_no_correlation() -> None:
    assert rank_correlation([2, 2, 2], [1, 2, 3]) == Figure(None, 3)
