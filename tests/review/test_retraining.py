"""Training anew tells what changed."""

import json
import shutil

import pytest

from bot.core.types import TagMention, Understanding
from bot.review import measured, retraining
from bot.review.judging import figures, verdict
from bot.review.label import Label
from bot.review.shelf import Shelf
from tests.review.conftest import ROOT

CASES = [
    {"text": "zub zub", "expecting": "yesno", "act": "affirm", "tags": []},
    {"text": "my table wobbles", "expecting": "text", "act": "complain|other", "tags": []},
]
OWN = {
    "text": "we queued for an hour", "expecting": None, "language": "en", "act": "complain", "score": None,
    "sentiment": "negative", "severity": "low", "tags": [["queue_too_long", "negative"]], "kind": "tags",
}  # fmt: skip


@pytest.fixture
def project(root):
    """With three sentences that measure, the encoder and no model that was trained here yet."""
    shutil.copytree(ROOT / "models", root / "models", ignore=shutil.ignore_patterns("rasa-*", "language-*", ".*"))
    for folder, name, lines in (("language/cases", "en", CASES), ("eval", "en", [OWN])):
        (root / "tests" / folder).mkdir(parents=True)
        written = "".join(f"{json.dumps(line)}\n" for line in lines)
        (root / "tests" / folder / f"{name}.jsonl").write_text(written, "utf-8")
    return root


def test_what_was_labelled_is_learnt_and_the_change_is_told(project, definitions):
    assert retraining.retrain(project).before is None
    first = retraining.retrain(project).after
    for words in ("zub", "zubzub", "zub!zub!zub", "aye zub", "zub zub zub zub", "zub it is", "zub thanks"):
        Shelf(project).keep("en", words, Label("affirm"))
    before, after = retraining.retrain(project)
    assert before == first and after != first
    judged = [retraining.judged(model, definitions.tags, project) for model in (before, after)]
    told = "\n".join(retraining.report(*judged))
    assert "  + zub zub  [other → affirm]" in told and "wobbles" not in told
    assert told.splitlines()[3].split()[0] == "en" and "→ 100.0% of 3" in told


def test_without_an_older_model_there_is_nothing_to_compare_with(project, definitions):
    judged = retraining.judged(retraining.retrain(project).after, definitions.tags, project)
    told = list(retraining.report(None, judged))
    assert "nothing to compare" in told[-1] and len(told) == 5


def test_both_sets_are_read_with_the_categories_of_their_tags(project):
    read = measured.cases(project, {"queue_too_long": "waiting_and_speed"})
    assert [case["text"] for case in read["en"]] == ["zub zub", "my table wobbles", "we queued for an hour"]
    assert read["en"][2]["tags"] == [{"category": "waiting_and_speed", "polarity": "negative"}]
    assert read["zh-Hans"] == [] and "zub zub" in set(measured.texts(project))


def test_a_verdict_and_its_figures():
    late, kind = TagMention("late", "delivery", "negative", "x"), TagMention("kind", "staff", "positive", "y")
    tags = [{"category": name, "polarity": "negative"} for name in ("delivery|price", "staff")]
    case = {"text": "t", "act": "complain|other", "tags": tags}
    right = verdict(case, Understanding("t", "en", "other", tags=(late, kind)))
    assert (right.act_is_right, right.found, len(right.missed), len(right.wrong)) == (True, 1, 1, 1)
    unjudged = verdict({"text": "u", "tags": []}, Understanding("u", "en", "greet"))
    assert unjudged.act_is_right is None
    wrong = verdict({"text": "v", "act": "greet", "tags": []}, Understanding("v", "en", "other"))
    assert figures([right, unjudged, wrong]) == (1, 2, 0.5)
