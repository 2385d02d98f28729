"""`python -m bot`: what an operator does at a terminal."""

import argparse
import sys
from pathlib import Path
from typing import List, Optional

from bot.core.roles import ROLES

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "bot" / "definitions" / "shipped"


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs one command; its exit code."""
    given = _parser().parse_args(arguments)
    return given.run(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Afterword at the terminal.")
    commands = parser.add_subparsers(required=True, metavar="command")
    understand = commands.add_parser("understand", help="read JSON Lines, write what each text is understood to be")
    understand.add_argument("--definitions", type=Path, default=SHIPPED, help="whose tags to look for")
    understand.set_defaults(run=_understand)
    check = commands.add_parser("check", help="check a folder of definitions")
    check.add_argument("folder", type=Path, nargs="?", default=SHIPPED)
    check.set_defaults(run=_check)
    erase = commands.add_parser("erase", help="erase a person: who they are and what they said; scores stay")
    erase.add_argument("customer", help="the business's own id of the customer")
    erase.set_defaults(run=_erase)
    user = commands.add_parser("user", help="add a console user, or give one a new password")
    user.add_argument("name")
    user.add_argument("--role", choices=ROLES, help="by default the one they have; an agent's for somebody new")
    user.set_defaults(run=_user)
    return parser


def _understand(given: argparse.Namespace) -> int:
    from bot.definitions.loader import load as load_definitions
    from bot.language.cli import understand_lines
    from bot.language.pipeline import Reader, load
    from bot.language.training import ensure_trained

    reader = Reader(load(ensure_trained(ROOT), load_definitions(given.definitions).tags))
    return understand_lines(reader, sys.stdin, sys.stdout)


def _check(given: argparse.Namespace) -> int:
    from bot.core.errors import AfterwordError
    from bot.definitions.loader import load

    try:
        found = load(given.folder)
    except AfterwordError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{given.folder}: valid: {len(found.surveys)} surveys, {len(found.tags.tags)} tags, "
          f"{len(found.remedies.rules)} remedy rules, {len(found.service_levels.teams)} teams, "
          f"{len(found.saved_replies)} saved replies")  # fmt: skip
    return 0


def _erase(given: argparse.Namespace) -> int:
    """0: erased. 1: there is no such customer. 3: it could not be done now, nothing was erased, try again."""
    from bot.core.errors import AfterwordError, NotFound
    from bot.core.services import audit
    from bot.store.database import migrate
    from bot.wiring import Wiring

    wiring = Wiring.from_environment()
    migrate(wiring.engine)
    try:
        erased = wiring.erase(given.customer, audit.TERMINAL)
    except NotFound as error:
        print(f"{error}: nothing to erase", file=sys.stderr)
        return 1
    except AfterwordError as error:
        print(f"nothing was erased, try again: {error}", file=sys.stderr)
        return 3
    print(f"erased: {_count(len(erased.conversations), 'conversation')}, {_count(erased.messages, 'message')}; "
          "scores and tags stay, and belong to nobody")  # fmt: skip
    return 0


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _user(given: argparse.Namespace) -> int:
    from bot.core.errors import AfterwordError
    from bot.web.console.first_admin import set_password
    from bot.wiring import Wiring

    wiring = Wiring.from_environment()
    wiring.prepare()
    try:
        password = set_password(wiring.store, given.name, given.role)
    except AfterwordError as error:
        print(error, file=sys.stderr)
        return 1
    with wiring.store.read() as tx:
        user = tx.user(given.name)
    print(f"{given.name} ({user.role if user else given.role}): {password}")
    return 0
