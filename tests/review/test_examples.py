"""One line more in a file of examples; every other byte stays."""

import pytest
import yaml

from bot.language.training import examples_in
from bot.review.examples import NotInserted, with_example

FILE = """# A comment.
version: "3.1"
nlu:
- intent: greet   # hello
  examples: |
    - hi
- intent: affirm
  examples: |
    - yes
    - yep

  # between
- intent: deny
  examples: |
      - no
"""


def test_it_goes_to_the_end_of_its_act_with_the_acts_own_indent():
    assert with_example(FILE, "affirm", "aye") == FILE.replace("    - yep\n", "    - yep\n    - aye\n")
    assert with_example(FILE, "deny", "nay") == FILE + "      - nay\n"


def test_an_act_that_has_no_example_yet_gets_a_block():
    assert with_example(FILE, "skip", "next") == FILE + "- intent: skip\n  examples: |\n    - next\n"


def test_a_file_that_does_not_end_its_last_line_keeps_its_lines():
    assert with_example(FILE.rstrip("\n"), "deny", "nay") == FILE + "      - nay"


def test_line_ends_stay_as_they_are():
    crlf = FILE.replace("\n", "\r\n")
    assert with_example(crlf, "affirm", "aye") == crlf.replace("- yep\r\n", "- yep\r\n    - aye\r\n")


@pytest.mark.parametrize(
    "text",
    ["- 5", "# no comment", "a: b", '"', "'", "{x}", "| >", "%", "---", "!!python/name:os.system", "/restart", "好👍"],
)
def test_words_that_are_yaml_are_only_words(text, tmp_path):
    path = tmp_path / "x.yml"
    path.write_text(with_example(FILE, "affirm", text), "utf-8")
    assert [one for act, one in examples_in(path) if act == "affirm"] == ["yes", "yep", text]


def test_rasa_sees_no_annotation():
    assert "- ［a］(phone)\n" in with_example(FILE, "affirm", "[a](phone)")


@pytest.mark.parametrize("bad", ["nlu:\n- intent: affirm\n", "nlu: [", "nlu:\n- intent: affirm\n  examples: []\n", ""])
def test_a_file_that_is_laid_out_otherwise_is_left_alone(bad):
    with pytest.raises(NotInserted):
        with_example(bad, "affirm", "aye")


def test_two_lines_are_no_example():
    with pytest.raises(NotInserted):
        with_example(FILE, "affirm", "aye\n- intent: stop")
    assert yaml.safe_load(FILE)["nlu"][0]["intent"] == "greet"
