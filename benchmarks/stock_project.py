"""Makes the stock projects, once: `rasa init` as it comes, and the same with a custom action each turn."""

from __future__ import annotations

import hashlib
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, Dict, List

import yaml

from bot.setup.processes import environment
from bot.setup.progress import run
from bot.setup.settings import Settings

RASA = str(Path(sys.executable).parent / "rasa")
ACTION = """

class {cls}(Action):
    def name(self) -> Text:
        return "{name}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[Dict]:
        dispatcher.utter_message({content})
        return []
"""
IMPORTS = """from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
"""
# Not in quotes: Rasa fills in environment variables in plain scalars only.
ENDPOINT = "\naction_endpoint:\n  url: http://127.0.0.1:${BOT_ACTIONS_PORT}/webhook\n"


def ensure_trained(settings: Settings) -> Path:
    """The folder with `plain` and `custom`, both trained; made if this Rasa and this file have not made it yet."""
    source = Path(__file__).read_bytes() + metadata.version("rasa").encode()
    home = settings.var / "bench" / f"stock-{hashlib.sha256(source).hexdigest()[:12]}"
    if not home.exists():
        unfinished = home.with_name(home.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        make_plain(settings, unfinished / "plain")
        make_custom(settings, unfinished / "plain", unfinished / "custom")
        unfinished.rename(home)
    return home


def make_plain(settings: Settings, project: Path) -> None:
    project.mkdir(parents=True)
    command = [RASA, "init", "--no-prompt", "--init-dir", str(project)]
    train(settings, "Making and training the stock assistant (a minute; only once)", command, project)


def make_custom(settings: Settings, plain: Path, project: Path) -> None:
    """Each utter_… becomes action_say_…, which dispatches the same content."""
    shutil.copytree(plain, project, ignore=shutil.ignore_patterns("models", ".rasa", "__pycache__", "tests"))
    for path in (project / "data").glob("*.yml"):
        path.write_text(path.read_text().replace("action: utter_", "action: action_say_"))
    domain: Dict[str, Any] = yaml.safe_load((project / "domain.yml").read_text())
    responses = domain.pop("responses")
    domain["actions"] = [said_by(name) for name in responses]
    (project / "domain.yml").write_text(yaml.safe_dump(domain, sort_keys=False))
    (project / "actions" / "actions.py").write_text(IMPORTS + "".join(map(action, responses, responses.values())))
    with (project / "endpoints.yml").open("a") as endpoints:
        endpoints.write(ENDPOINT)
    train(settings, "Training the same with custom actions (a minute; only once)", [RASA, "train"], project)


def said_by(response: str) -> str:
    return response.replace("utter_", "action_say_")


def action(response: str, variations: List[Dict[str, str]]) -> str:
    content = ", ".join(f"{key}={value!r}" for key, value in variations[0].items())
    cls = "".join(part.title() for part in said_by(response).split("_"))
    return ACTION.format(cls=cls, name=said_by(response), content=content)


def train(settings: Settings, title: str, command: List[str], project: Path) -> None:
    log = settings.var / "bench" / "train.log"
    run(title, command, log, env=environment(settings), cwd=project)
    if not list((project / "models").glob("*.tar.gz")):
        raise RuntimeError(f"Rasa trained no model in {project}; see {log}")
