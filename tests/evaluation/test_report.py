"""The table marks what must be marked, and a comparison tells what changed."""

from evaluation import report
from evaluation.measures import Figure
from evaluation.targets import ALL, ROWS, Figures, Row


def made(**by_key: dict) -> Figures:
    return {key: {language: Figure(value, 100) for language, value in given.items()} for key, given in by_key.items()}


def line_of(table: str, title: str) -> list:
    return next(line.split() for line in table.splitlines() if line.strip().startswith(title))


def test_a_row_has_its_figures_their_marks_and_what_they_should_reach() -> None:
    figures = made(score={"zh-Hans": 0.969, "zh-Hant": 0.99, "en": 0.97, ALL: 0.976})
    found = line_of(report.table(figures), "score")
    assert found[-9:] == ["0.969", "!", "0.990", "*", "0.970", "0.976", "100", "0.97", "0.99"]


def test_less_is_better_for_what_is_wrongly_taken_up_and_for_costs() -> None:
    figures = made(oos={"zh-Hans": 0.051, "zh-Hant": 0.05, "en": 0.02}, memory={ALL: 301.0}, ready={ALL: 2.94})
    table = report.table(figures)
    assert line_of(table, "out of scope")[-9:] == ["0.051", "!", "0.050", "0.020", "*", "–", "300", "0.05", "0.02"]
    assert line_of(table, "memory")[2:] == ["–", "–", "–", "301", "!", "100", "300", "–"]
    assert line_of(table, "ready after")[3:] == ["–", "–", "–", "2.9", "100", "3.0", "–"]


def test_rows_and_sections_without_a_figure_are_left_out() -> None:
    table = report.table(made(score={"en": 1.0}))
    assert "Own sentences" in table
    assert "Real text" not in table
    assert "act, accuracy" not in table


def test_what_misses_its_floor_is_named_once_for_each_language() -> None:
    figures = made(score={"en": 0.9, "zh-Hans": 0.99, ALL: 0.95}, speed={ALL: 39.0}, sentiment={"en": 0.1})
    assert [(row.key, language) for row, language, _ in report.below_floor(figures)] == [
        ("score", "en"),
        ("speed", ALL),
    ]
    assert report.below_floor(made(score={"en": None})) == []


def test_acts_are_told_worst_first() -> None:
    figures = {**made(**{"act_f1.rate": {ALL: 0.9}}), **made(**{"act_f1.stop": {ALL: 0.5, "en": 0.4}})}
    lines = report.act_table(figures).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["stop", "rate"]
    assert lines[1].split()[1:] == ["–", "–", "0.400", "!", "0.500", "!", "100"]


def test_changes_of_more_than_a_point_are_told_with_their_direction() -> None:
    before = made(score={"en": 0.90, "zh-Hans": 0.90}, oos={"en": 0.10}, act={"en": 0.5}, speed={ALL: 100.0})
    now = made(score={"en": 0.92, "zh-Hans": 0.91}, oos={"en": 0.12}, act={"en": 0.4}, speed={ALL: 95.0})
    told = [line.split(",")[0].split() for line in report.changes(now, before)]
    assert [line[0] for line in told] == ["better", "WORSE", "WORSE"]
    assert report.changes(now, before)[0].endswith("0.900 → 0.920")


def test_a_cost_changed_with_a_quarter_and_what_is_new_did_not_change() -> None:
    assert report.changes(made(memory={ALL: 290.0}), made(memory={ALL: 220.0}))[0].startswith("WORSE")
    assert report.changes(made(memory={ALL: 240.0}), made(memory={ALL: 220.0})) == []
    assert report.changes(made(score={"en": 0.5}), {}) == []
    assert report.changes(made(score={"en": 0.5}), made(score={"en": None})) == []


def test_every_row_has_a_key_of_its_own_and_a_stretch_beyond_its_floor() -> None:
    assert len({row.key for row in ROWS}) == len(ROWS)
    aimed = [row for row in ROWS if row.floor is not None and row.stretch is not None]
    assert [row.key for row in aimed if row.misses_floor(row.stretch) or row.reaches_stretch(row.floor)] == []
    assert Row("x", "x").misses_floor(0.0) is False
