"""Everything between an installed environment and a start: byte code, models, database.

python -m bot.setup.prepare            all of it
python -m bot.setup.prepare models     without the database
python -m bot.setup.prepare database   without the models
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import sys
from typing import Dict, List, Optional

from bot.setup.models import ensure_models
from bot.setup.processes import environment
from bot.setup.progress import StepFailed, exit_on_signals, say, ticking
from bot.setup.settings import BadSetting, Settings

OURS = ("bot", "actions")


def compile_ours(settings: Settings) -> None:
    with ticking("Compiling our own code"):
        for folder in OURS:
            compileall.compile_dir(str(settings.root / folder), quiet=2)


def prepare_database() -> Dict[str, str]:
    """Migrates, activates the definitions, makes the first admin: what a person must be told, and the API key."""
    with ticking("Preparing the database"):
        from sqlalchemy.exc import OperationalError

        from bot.core.errors import DefinitionError
        from bot.wiring import Wiring

        wiring = Wiring.from_environment()
        try:
            notes = wiring.prepare()
        except DefinitionError as error:
            raise StepFailed(f"The definitions are not valid:\n{error}") from error
        except OperationalError as error:
            raise StepFailed(f"The database does not answer as it should: {error.orig}") from error
    return {"api_key": wiring.settings.api_key, **notes}


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.setup.prepare", description="Prepares a start.")
    parser.add_argument("what", nargs="?", default="all", choices=("all", "models", "database"))
    parser.add_argument("--notes-fd", type=int, help="where the first-start notes go as JSON, instead of the terminal")
    given = parser.parse_args(arguments)
    exit_on_signals()
    try:
        settings = Settings.from_environment()
        os.environ.update(environment(settings))
        settings.var.mkdir(parents=True, exist_ok=True)
        compile_ours(settings)
        if given.what != "database":
            ensure_models(settings)
        notes = prepare_database() if given.what != "models" else {}
    except (StepFailed, BadSetting) as error:
        say(f"\nNot ready to start. {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    tell(notes, given.notes_fd)
    return 0


def tell(notes: Dict[str, str], notes_fd: Optional[int]) -> None:
    """Through a pipe and not a file: there may be a password among them."""
    if notes_fd is not None:
        with os.fdopen(notes_fd, "w") as pipe:
            json.dump(notes, pipe)
        return
    for name, note in notes.items():
        say(f"{name}: {note}")


if __name__ == "__main__":
    sys.exit(main())
