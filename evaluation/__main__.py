"""`python -m evaluation`: how well the language pipeline understands, on text it was not trained on.

Always ends with 0; with --strict with 1 when a figure is below its floor.
"""

import argparse
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import List, Optional, Sequence

from bot.core.definitions import Taxonomy
from bot.core.types import LANGUAGES
from bot.definitions.loader import SHIPPED, load
from bot.language.pipeline import Reader
from bot.language.training import artefact_hash
from bot.setup.progress import say
from bot.setup.settings import ROOT, Settings
from evaluation import confusion, report, runs
from evaluation.cost import cost
from evaluation.mistakes import listed
from evaluation.own_figures import Reading, figures
from evaluation.own_set import all_sentences
from evaluation.shared_sets import SETS, not_measured
from evaluation.targets import ALL, Figures

SHARED = ROOT.parent / "shared" / "eval"


def main(arguments: Optional[Sequence[str]] = None) -> int:
    given = parsed(arguments)
    at = datetime.now(timezone.utc)
    folder = Settings.from_environment().var / "eval"
    folder.mkdir(parents=True, exist_ok=True)
    previous = given.compare or runs.latest(folder)
    taxonomy = load(SHIPPED).tags
    reader = Reader.open(ROOT, taxonomy)
    readings = read_own(reader)
    found = {**of_own(readings, taxonomy), **of_shared(reader, given.shared)}
    found.update({key: {ALL: figure} for key, figure in cost().items()})
    say(f"\n{report.table(found)}\n\n{report.act_table(found)}")
    if given.mistakes:
        say(f"\n{listed(readings, taxonomy, given.mistakes)}")
    if previous:
        tell_changes(found, previous)
    keep(folder / runs.name_of(at), at, found, readings)
    return verdict(found, given.strict)


def parsed(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="folder of labelled real text (default: %(default)s)"
    )
    parser.add_argument("--compare", type=Path, metavar="FILE", help="an earlier run (default: the latest)")
    parser.add_argument("--mistakes", type=int, default=0, metavar="N", help="list the N worst mistakes of each sort")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a figure is below its floor")
    given = parser.parse_args(arguments)
    if given.compare and not given.compare.is_file():
        parser.error(f"--compare: there is no file {given.compare}")
    return given


def read_own(reader: Reader) -> List[Reading]:
    return [Reading(one, reader.understand(one.text, one.expecting)) for one in all_sentences()]


def of_own(readings: Sequence[Reading], taxonomy: Taxonomy) -> Figures:
    """Every figure by language, and over all of them."""
    found: Figures = {}
    for language in (*LANGUAGES, ALL):
        of_language = [one for one in readings if language in (one.sentence.language, ALL)]
        for key, figure in figures(of_language, taxonomy).items():
            found.setdefault(key, {})[language] = figure
    return found


def of_shared(reader: Reader, folder: Path) -> Figures:
    """The figures of what is there; says what is not."""
    found: Figures = {}
    if not folder.is_dir():
        say(f"There is no folder {folder}: real text is not measured. --shared names another.")
        return found
    for one in SETS:
        figure = one.figure(reader, folder)
        if figure is None:
            say(f"{one.file} is not there: {one.key} is not measured.")
        else:
            found.setdefault(one.key, {})[one.language] = figure
    for name in not_measured(folder):
        say(f"{name} is there, and nothing is known of it: not measured.")
    return found


def tell_changes(found: Figures, previous: Path) -> None:
    try:
        changed = report.changes(found, runs.read(previous))
    except ValueError as error:
        say(f"\nNothing to compare with: {error}")
        return
    say(f"\nSince {previous.stem}:" if changed else f"\nSince {previous.stem} nothing changed by more than a point.")
    for line in changed:
        say(f"  {line}")


def keep(stem: Path, at: datetime, found: Figures, readings: Sequence[Reading]) -> None:
    """Writes the run and the picture beside it."""
    runs.write(stem.with_suffix(".json"), at, found, {"model": artefact_hash(ROOT)})
    picture = stem.with_name(f"{stem.name}-acts.png")
    confusion.draw([(one.sentence.act, one.found.act) for one in readings], picture)
    say(f"\n{stem.with_suffix('.json')}\n{picture}")


def verdict(found: Figures, strict: bool) -> int:
    missed = report.below_floor(found)
    say(f"\nBelow their floor: {len(missed)} of the figures.")
    return 1 if strict and missed else 0


if __name__ == "__main__":
    sys.exit(main())
