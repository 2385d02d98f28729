"""The bot's fixed lines: whole in three languages, each of them said somewhere, none missing."""

import ast
import string
from pathlib import Path

import opencc
import pytest

from bot.adapters.wordings import DomainWordings
from bot.core.services.asking import OUTCOMES
from bot.core.services.small_talk import TOPICS
from bot.core.services.watching import CLOCKS
from bot.core.types import LANGUAGES, SEVERITIES

ROOT = Path(__file__).resolve().parents[2]
LINES = DomainWordings(ROOT / "domain.yml").keys()
SERVICES = sorted((ROOT / "bot/core/services").glob("*.py"))

TREES = {path.name: ast.parse(path.read_text("utf-8")) for path in SERVICES}


def called(name):
    """The arguments of every call of `name`."""
    nodes = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [node.args for node in nodes if getattr(node.func, "attr", getattr(node.func, "id", "")) == name]


def constants(node):
    """The texts that an expression can give; a condition's own texts are none of them."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def can_be_open():
    """The question or kind of every OpenQuestion of our own; those of a survey are asked again in its words."""
    named = [constants(args[2]) if len(args) > 2 else constants(args[0]) for args in called("OpenQuestion")]
    return set().union(*named)


# What stands in the place of an f-string's braces, from the code itself.
FAMILIES = {
    "escalated_": set().union(*(constants(args[1]) for args in called("escalate"))),
    "notice_reason_": set().union(*(constants(args[1]) for args in called("escalate"))),
    "notice_severity_": set(SEVERITIES),
    "notice_clock_": set(CLOCKS),
    "again_": can_be_open(),
    "received_": {"image", "voice", "sticker", "file"},
    "about_": set(TOPICS),
    "button_": {"yes", "no", *OUTCOMES},
    "button_explained_": {"yes", "no"},
    "weekday_": {str(day) for day in range(7)},
}
SAYING = {"say": 0, "announce": 0, "line": 0, "ask_order": 1, "put": 2, "wrong_order": 2}


def calls():
    """(file and line, the node of the line's key, the names of the values) of every call that says a line."""
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if name in SAYING and len(node.args) > SAYING[name]:
                values = {keyword.arg for keyword in node.keywords} - {"attempts"}
                yield f"{file}:{node.lineno}", node.args[SAYING[name]], values


def keys_of(node):
    """The line keys that an expression can give; a family gives all its members."""
    if isinstance(node, ast.IfExp):
        return keys_of(node.body) | keys_of(node.orelse)
    if isinstance(node, ast.JoinedStr):
        family = node.values[0].value
        return {family + member for member in FAMILIES[family]}
    return constants(node)


def variables():
    """Keys that are put into a variable, or are a default, before they are said: line = "…" if … else "…"."""
    found = {}
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "line" for target in node.targets):
                found.update(dict.fromkeys(keys_of(node.value), f"{file}:{node.lineno}"))
            if isinstance(node, ast.FunctionDef):
                for argument, default in zip(node.args.args[::-1], node.args.defaults[::-1], strict=False):
                    if argument.arg == "line":
                        found[default.value] = f"{file}:{node.lineno}"
    return found


def used():
    """Every key that the services say, with one place that says it."""
    found = variables()
    for place, node, _ in calls():
        found.update(dict.fromkeys(keys_of(node), place))
    return found


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_services_say_no_line_that_is_not_there():
    assert {key: place for key, place in used().items() if key not in LINES} == {}


def test_no_line_is_there_that_nobody_says():
    assert set(LINES) - set(used()) == set()


def test_the_families_are_found_in_the_code():
    assert {"critical", "declined", "silent", "asked_for_person"} <= FAMILIES["escalated_"]
    assert {"order", "remedy", "explanation", "recovery_score", "hand_over", "phone_last4"} <= FAMILIES["again_"]


def test_each_line_has_words_in_each_language_and_the_same_places_to_fill():
    assert {key: set(texts) for key, texts in LINES.items() if set(texts) != set(LANGUAGES)} == {}
    places = {key: {frozenset(placeholders(text)) for text in texts.values()} for key, texts in LINES.items()}
    assert {key: found for key, found in places.items() if len(found) != 1} == {}
    assert [key for key, texts in LINES.items() if not all(texts.values())] == []


def test_every_place_to_fill_is_filled_where_the_line_is_said():
    unfilled = []
    for place, node, values in calls():
        for key in constants(node) & set(LINES):
            wanted = set().union(*(placeholders(text) for text in LINES[key].values()))
            unfilled += [(place, key, wanted - values)] if wanted - values else []
    assert unfilled == []


def test_no_line_in_a_variable_or_a_family_but_the_greeting_has_a_place_to_fill():
    """The check above cannot see what these are filled with; the greetings are said in `opening`, with both values."""
    families = {prefix + member for prefix, members in FAMILIES.items() for member in members}
    hidden = (families | set(variables())) & set(LINES)
    hidden -= {"greet_touchpoint", "greet_name_touchpoint"}
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
