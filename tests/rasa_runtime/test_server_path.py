"""What the Rasa server loads, seen in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import json, sys
from bot.rasa_runtime import corrections
corrections.apply()
from rasa.core import run, agent
from rasa.core.utils import AvailableEndpoints
import bot.channels.door, bot.channels.rest, bot.nlu.component, bot.rasa_runtime.tracker_store, bot.wiring
from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.core.policies.rule_policy import RulePolicy
import yaml
config = yaml.safe_load(open("config.yml"))
recipe = DefaultV1Recipe()
def known(name):
    try:
        return recipe._from_registry(name).clazz.__name__
    except Exception as error:
        return type(error).__name__
print(json.dumps({
    "default": [component.__name__ for component in DEFAULT_COMPONENTS],
    "known": {name: known(name) for part in ("pipeline", "policies") for name in [one["name"] for one in config[part]]},
    "unknown": known("DIETClassifier"),
    "loaded": [name for name in ("tensorflow", "skops", "transformers", "mitie") if name in sys.modules],
}))
"""


@pytest.fixture(scope="module")
def server():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_every_component_that_the_configuration_names_is_found(server):
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    named = [one["name"] for part in ("pipeline", "policies") for one in config[part]]
    assert server["known"] == {name: name.split(".")[-1] for name in named}


def test_no_other_component_is_loaded(server):
    assert server["default"] == ["RulePolicy"]
    assert server["unknown"] != "DIETClassifier"


@pytest.mark.parametrize("heavy", ["tensorflow", "skops", "transformers", "mitie"])
def test_what_the_server_never_uses_is_not_imported(server, heavy):
    assert heavy not in server["loaded"]
