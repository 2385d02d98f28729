from math import isclose, sqrt

import pytest
from scipy.stats import t

from bot.core import metrics


def test_nothing_answered_says_nothing():
    for figure in (metrics.nps({}), metrics.csat({}), metrics.ces({}), metrics.experience({}), metrics.share(0, 0)):
        assert (figure.value, figure.n, figure.ci_low, figure.ci_high) == (None, 0, None, None)
    assert metrics.nps({9: 0}).value is None


def test_nps_by_hand():
    figure = metrics.nps({10: 20, 9: 30, 8: 20, 7: 10, 6: 15, 0: 5})
    assert (figure.value, figure.n) == (30, 100)
    assert figure.extra == {"promoters": 50, "passives": 30, "detractors": 20}
    p, d, n = 50.75 / 103, 20.75 / 103, 103
    error = 1.96 * sqrt((p + d - (p - d) ** 2) / n)
    assert figure.ci_low == pytest.approx(100 * (p - d - error), abs=0.01)
    assert figure.ci_high == pytest.approx(100 * (p - d + error), abs=0.01)


def test_nps_of_five_promoters_of_five_is_not_certain():
    figure = metrics.nps({10: 5})
    assert (figure.value, figure.ci_high) == (100, 100)
    assert figure.ci_low == pytest.approx(17.5, abs=0.1)
    assert metrics.nps({0: 5}).ci_low == -100


def test_nps_change():
    assert metrics.nps_change({10: 50, 0: 50}, {10: 50, 0: 50}) == 0
    assert metrics.nps_change({10: 80, 0: 20}, {10: 50, 0: 50}) > 1.96
    assert abs(metrics.nps_change({10: 5}, {10: 4, 0: 1})) < 1.96
    assert metrics.nps_change({}, {10: 1}) is None


def test_csat_eight_of_ten():
    figure = metrics.csat({5: 5, 4: 3, 3: 1, 1: 1})
    assert (figure.value, figure.n) == (80, 10)
    assert (round(figure.ci_low), round(figure.ci_high)) == (48, 95)


def test_csat_stays_between_0_and_100():
    assert metrics.csat({5: 3}).ci_high == 100
    assert metrics.csat({1: 3}).ci_low == 0


def test_ces_mean_and_share():
    figure = metrics.ces({7: 1, 5: 2, 4: 1, 2: 1})
    assert (figure.value, figure.n, figure.extra) == (4.6, 5, {"easy": 60})
    half = t.ppf(0.975, 4) * sqrt(3.3 / 5)  # squares of 2.4, 0.4, 0.4, -0.6, -2.6 make 13.2, over 4
    assert figure.ci_low == pytest.approx(4.6 - half)
    assert figure.ci_high == pytest.approx(4.6 + half)


def test_experience_mean():
    figure = metrics.experience({5: 1, 1: 1, -3: 1})
    assert (figure.value, figure.n) == (1, 3)
    assert (figure.ci_low, figure.ci_high) == (-5, 5), "1 ± 9.9 does not reach beyond the scale"
    one = metrics.experience({-5: 1})
    assert (one.value, one.n, one.ci_low, one.ci_high) == (-5, 1, None, None)


@pytest.mark.parametrize(
    "figure, score", [(metrics.nps, 11), (metrics.csat, 0), (metrics.ces, 8), (metrics.experience, 6)]
)
def test_scales_are_never_mixed(figure, score):
    with pytest.raises(ValueError):
        figure({score: 1})


def test_total():
    assert metrics.total([{5: 1, 4: 2}, {5: 3}, {}]) == {5: 4, 4: 2}


def test_peak_and_end():
    found = metrics.peak_end([("order", 1.0), ("delivery", -4.0), ("unrated", None), ("care", 2.0), ("later", None)])
    assert found == metrics.PeakEnd("delivery", -4.0, "care", 2.0, -1.0)
    assert metrics.peak_end([("order", 3.0), ("delivery", -3.0)]).peak == -3.0
    assert metrics.peak_end([("order", None)]) is None


@pytest.mark.parametrize("freedom", [*range(1, 40), 100, 1000, 100_000])
@pytest.mark.parametrize("two_tailed", [0.5, 0.1, 0.05, 0.01, 0.001])
def test_student_t_as_scipy_has_it(freedom, two_tailed):
    assert isclose(metrics.student_t(two_tailed, freedom), t.ppf(1 - two_tailed / 2, freedom), rel_tol=1e-5)


@pytest.mark.parametrize("two_tailed, freedom", [(0.05, 0), (0, 5), (1, 5)])
def test_student_t_of_nothing(two_tailed, freedom):
    with pytest.raises(ValueError):
        metrics.student_t(two_tailed, freedom)
