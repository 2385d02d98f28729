"""The n-gram models, trained here on a handful of sentences."""

import pytest

from bot.core.types import ACTS
from bot.language.grams import MOST_CHARACTERS, MOST_WINDOWS, Grams
from bot.language.training import EXAMPLES, MODEL, TAGS, train

OPINIONS = [
    ("the lamp smoked and the plug burned", "complain", -5, "critical", "fire_or_smoke-"),
    ("the sofa came late again", "complain", -3, "medium", "delivery_late-"),
    ("late, two days late", "complain", -3, "medium", "delivery_late-"),
    ("late and no call", "complain", -3, "medium", "delivery_late-"),
    ("lovely sofa, so soft", "praise", 4, "none", "comfortable+"),
    ("lovely people", "praise", 4, "none", ""),
    ("lovely and soft, both", "praise", 4, "none", "comfortable+"),
]


@pytest.fixture
def trained(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.language.training._FEWEST", 1)
    monkeypatch.setattr("bot.language.training._FEWEST_OF_TOPIC", 2)

    def train_on(opinions, examples=()):
        root = tmp_path / "root"
        written = dict.fromkeys(EXAMPLES, "nlu: []\n")
        nlu = "".join(f"- intent: {act}\n  examples: |\n    - {text}\n" for act, text in examples)
        written[EXAMPLES[0]] = f"nlu:\n{nlu}" if nlu else "nlu: []\n"
        written[TAGS] = "tags:\n- {key: delivery_late, category: delivery}\n- {key: comfortable, category: product}\n"
        written["data/opinions/en/some.tsv"] = "".join("\t".join(map(str, one)) + "\n" for one in opinions)
        for name, text in written.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        train(root, tmp_path)
        return Grams.load(tmp_path / MODEL)

    return train_on


def test_each_head_learns_what_its_labels_say(trained):
    grams = trained(OPINIONS, [("greet", "hello there"), ("greet", "good morning to you")])
    late, lovely = grams.read("it is late"), grams.read("how lovely and soft")
    assert grams.labels["topic"] == ["delivery-", "product+"]
    assert late["topic"].argmax() == 0 and lovely["topic"].argmax() == 1
    assert grams.labels["feeling"][late["feeling"].argmax()] == "negative"
    assert grams.labels["feeling"][lovely["feeling"].argmax()] == "positive"
    assert grams.read("the plug smoked and burned")["critical"] > late["critical"]
    likely = grams.acts(grams.read("good morning"))
    assert max(likely, key=likely.get) == "greet"
    assert sum(likely.values()) == pytest.approx(1.0) and set(likely) == set(ACTS)


def test_what_no_sentence_teaches_is_never_found(trained):
    grams = trained(OPINIONS)
    likely = grams.acts(grams.read("lovely sofa"))
    assert likely["praise"] > likely["complain"] > 10 * likely["greet"]
    grams = trained([one for one in OPINIONS if one[1] == "praise"])
    assert {*grams.labels} == {"act", "topic"}, "nothing was to be learnt of what is felt or critical"
    assert {*grams.read("lovely sofa")} == {*grams.labels}


def test_of_a_text_without_anything_that_was_seen_it_says_nothing(trained):
    grams = trained(OPINIONS)
    assert grams.read("龘龘") is None is grams.read("")
    assert grams.acts(None) == {}


def test_what_is_said_once_in_a_long_text_is_said(trained):
    grams = trained(OPINIONS)
    late = grams.read("late and no call")["topic"][0]
    far = grams.read("so, " * (MOST_CHARACTERS // 4) + "late and no call")["topic"][0]
    beyond = grams.read("so, " * (MOST_CHARACTERS * MOST_WINDOWS // 4) + "late and no call")["topic"][0]
    assert far == pytest.approx(late, abs=0.2) and beyond < late - 0.5
