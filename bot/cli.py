"""`python -m bot`: what an operator does at a terminal."""

import argparse
import contextlib
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, List, Optional, Sequence

from bot.core.roles import ROLES
from bot.core.types import LANGUAGES

if TYPE_CHECKING:
    from bot.core.review import ToReview
    from bot.wiring import Wiring

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
    review = commands.add_parser("review", help="label messages nobody was sure of, or whose tags were corrected")
    review.add_argument("--since", type=_date, help="only messages from this day on, in UTC: YYYY-MM-DD")
    review.add_argument("--limit", type=_positive, default=50, help="at most so many (50)")
    review.add_argument("--language", choices=LANGUAGES)
    review.set_defaults(run=_review)
    retrain = commands.add_parser("retrain", help="train the language model anew, and say what that changed")
    retrain.set_defaults(run=_retrain)
    return parser


def _date(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


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


def _review(given: argparse.Namespace) -> int:
    """0, also when it is broken off: what was labelled until then is kept. 1: the data files cannot be read."""
    from bot.core.services import reviewing
    from bot.setup.exclusive import Exclusive
    from bot.store.database import migrate
    from bot.wiring import Wiring

    wiring = Wiring.from_environment()
    migrate(wiring.engine)
    # Two at once would write each other's lines away.
    with Exclusive(wiring.settings.var / "review.lock", waiting="Another review is at work here: waiting for it"):
        items = reviewing.waiting(wiring.ports, given.since, given.language, given.limit)
        if not items:
            print("Nothing waits for a review.")
            return 0
        try:
            labelled = _label(wiring, items)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
    print(f"{_count(labelled, 'message')} labelled; `python -m bot retrain` learns from them.")
    return 0


def _label(wiring: "Wiring", items: Sequence["ToReview"]) -> int:
    from bot.review import measured
    from bot.review.keys import open_keys
    from bot.review.session import Session
    from bot.review.shelf import Shelf
    from bot.review.tag_names import TagNames

    with wiring.store.read() as tx:
        tags = TagNames(wiring.definitions.current(tx).tags)
    shelf = Shelf(wiring.settings.root, measured.texts(wiring.settings.root))
    with open_keys(sys.stdin, sys.stdout) as keys:
        session = Session(wiring.ports, wiring.reader, tags, shelf, keys, sys.stdout)
        with contextlib.suppress(KeyboardInterrupt):
            session.run(items)
        return session.labelled


def _retrain(given: argparse.Namespace) -> int:
    from bot.definitions.loader import load
    from bot.review import retraining

    taxonomy = load(SHIPPED).tags
    before, after = retraining.retrain(ROOT)
    judged = [retraining.judged(model, taxonomy, ROOT) if model else None for model in (before, after)]
    print("\n".join(retraining.report(judged[0], judged[1] or {})))
    print(f"{after.name} is used from the next `make run` on.")
    return 0
