"""The bot's fixed lines: whole in three languages, each of them said somewhere, none missing."""

import ast
import re
import string
from pathlib import Path

import opencc
import pytest

from bot.adapters.wordings import DomainWordings
from bot.core.types import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LINES = DomainWordings(ROOT / "domain.yml").keys()
SERVICES = sorted((ROOT / "bot/core/services").glob("*.py"))

# What stands in the place of an f-string's braces: from the code's own lists where it has one.
FAMILIES = {
    "escalated_": {
        "critical", "no_remedy", "declined", "not_solved", "asked_for_person", "order_system_down", "remedy_failed",
        "silent", "stopped",
    },
    "again_": {
        "touchpoint", "may_begin", "hand_over", "what_happened", "phone_last4",
        "order", "desired_outcome", "remedy", "recovery_score",
    },
    "received_": {"image", "voice", "sticker", "file"},
    "about_": {"identity", "privacy", "purpose", "duration"},
    "button_": {"yes", "no", "refund", "replacement", "partial_refund", "callback", "unsure"},
    "weekday_": {str(day) for day in range(7)},
}  # fmt: skip
SAYING = {"say": 0, "line": 0, "ask_order": 1, "wrong_order": 2}


def calls():
    """(file and line, the node of the line's key, the names of the values) of every call that says a line."""
    for path in SERVICES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name in SAYING and len(node.args) > SAYING[name]:
                values = {keyword.arg for keyword in node.keywords} - {"attempts"}
                yield f"{path.name}:{node.lineno}", node.args[SAYING[name]], values


def strings(node):
    """The line keys that an expression can give; a family gives all its members."""
    if isinstance(node, ast.JoinedStr):
        family = node.values[0].value
        return {family + member for member in FAMILIES[family]}
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def variables():
    """Keys that are put into a variable or are a default before they are said: line = "…" if … else "…"."""
    found = {}
    for path in SERVICES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "line" for target in node.targets):
                branches = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
                for branch in branches:
                    found.update(dict.fromkeys(strings(branch), f"{path.name}:{node.lineno}"))
            if isinstance(node, ast.FunctionDef):
                for argument, default in zip(node.args.args[::-1], node.args.defaults[::-1], strict=False):
                    if argument.arg == "line":
                        found[default.value] = f"{path.name}:{node.lineno}"
    return found


def used():
    """Every key that the services say, with one place that says it."""
    found = variables()
    for place, node, _ in calls():
        if isinstance(node, ast.IfExp):
            keys = strings(node.body) | strings(node.orelse)
        elif isinstance(node, (ast.Constant, ast.JoinedStr)):
            keys = strings(node)
        else:
            continue  # a variable: see `variables`
        found.update(dict.fromkeys(keys, place))
    return found


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_services_say_no_line_that_is_not_there():
    assert {key: place for key, place in used().items() if key not in LINES} == {}


def test_no_line_is_there_that_nobody_says():
    assert set(LINES) - set(used()) == set()


@pytest.mark.parametrize("reason_of", [r'escalate\(turn, "(\w+)"', r'"(\w+)" if [^\n]* else "not_solved"'])
def test_every_reason_of_an_escalation_has_its_line(reason_of):
    text = "\n".join(path.read_text("utf-8") for path in SERVICES)
    reasons = set(re.findall(reason_of, text))
    assert reasons and reasons <= FAMILIES["escalated_"]


def test_every_question_that_can_be_open_can_be_asked_again():
    """Those of a survey are repeated in the survey's own words."""
    text = "\n".join(path.read_text("utf-8") for path in SERVICES)
    asked = re.findall(r'OpenQuestion\(\s*"(\w+)"(?:, (?:None|"\w+"), "(\w+)")?', text)
    names = {question or kind for kind, question in asked}
    assert {"order", "remedy", "hand_over", "phone_last4"} <= names <= FAMILIES["again_"]


def test_each_line_has_words_in_each_language_and_the_same_places_to_fill():
    assert {key: set(texts) for key, texts in LINES.items() if set(texts) != set(LANGUAGES)} == {}
    places = {key: {frozenset(placeholders(text)) for text in texts.values()} for key, texts in LINES.items()}
    assert {key: found for key, found in places.items() if len(found) != 1} == {}
    assert [key for key, texts in LINES.items() if not all(texts.values())] == []


def test_every_place_to_fill_is_filled_where_the_line_is_said():
    unfilled = []
    for place, node, values in calls():
        if isinstance(node, ast.Constant) and node.value in LINES:
            wanted = set().union(*(placeholders(text) for text in LINES[node.value].values()))
            unfilled += [(place, node.value, wanted - values)] if wanted - values else []
    assert unfilled == []


def test_no_line_in_a_variable_or_a_family_but_the_greeting_has_a_place_to_fill():
    """The check above cannot see what these are filled with; the greetings are said in `opening`, with both values."""
    families = {prefix + member for prefix, members in FAMILIES.items() for member in members}
    hidden = (families | set(variables())) - {"greet_touchpoint", "greet_name_touchpoint"}
    assert {key for key in hidden if placeholders(LINES[key]["en"])} == set()


TO_OWN_SCRIPT = {"zh-Hans": opencc.OpenCC("t2s"), "zh-Hant": opencc.OpenCC("s2t")}


def of_other_script(language, text):
    """The characters that would be written otherwise in the script of `language`."""
    return [old for old, new in zip(text, TO_OWN_SCRIPT[language].convert(text), strict=False) if old != new]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_line_has_a_character_of_the_other_script(language):
    mixed = {key: of_other_script(language, texts[language]) for key, texts in LINES.items() if key != "other_language"}
    assert {key: found for key, found in mixed.items() if found} == {}


def test_the_script_check_would_notice():
    assert of_other_script("zh-Hans", "订單号") == ["單"] and of_other_script("zh-Hant", "訂单編號") == ["单"]


@pytest.fixture(scope="module")
def wordings():
    return DomainWordings(ROOT / "domain.yml")


@pytest.mark.parametrize("typed", ["{name}", "{0}", "{", "}", "{name.__class__}", "{{}}", "%s", "{score!r:>10}"])
def test_what_a_customer_typed_is_inserted_and_never_interpreted(wordings, typed):
    said = wordings.line("acknowledge_tag", "en", name="the table", evidence=typed)
    assert said.startswith(f'You wrote "{typed}". I\'m sorry about the table')


def test_an_unknown_line_is_a_key_error(wordings):
    with pytest.raises(KeyError):
        wordings.line("no_such_line", "en")


def test_a_value_that_is_missing_is_a_key_error(wordings):
    with pytest.raises(KeyError):
        wordings.line("acknowledge_tag", "en", name="the table")


@pytest.mark.parametrize(
    "language, text", [("zh-Hans", "不客气。"), ("zh-Hant", "不客氣。"), ("en", "You're welcome.")]
)
def test_a_line_is_said_in_the_language_asked_for(wordings, language, text):
    assert wordings.line("welcome", language) == text


def test_any_other_language_gets_english(wordings):
    assert wordings.line("welcome", "fr") == "You're welcome."


def test_a_line_that_lacks_a_language_is_named_at_the_start(tmp_path):
    text = (ROOT / "domain.yml").read_text("utf-8").split("responses:")[0]
    broken = "responses:\n  utter_lame:\n    - condition: [{type: slot, name: language, value: en}]\n      text: hi\n"
    (tmp_path / "domain.yml").write_text(text + broken, "utf-8")
    with pytest.raises(ValueError, match="utter_lame: no text for zh-Hans, zh-Hant"):
        DomainWordings(tmp_path / "domain.yml")
