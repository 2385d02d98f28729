"""Trains the language model anew, and says what that changed on the labelled sentences."""

from pathlib import Path
from typing import Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence

from bot.core.definitions import Taxonomy
from bot.core.types import Understanding
from bot.language.pipeline import Reader, load
from bot.language.training import MODEL, artefact_hash, ensure_trained
from bot.review import measured
from bot.review.judging import Figures, Verdict, figures, verdict

Verdicts = Mapping[str, Sequence[Verdict]]


class Retrained(NamedTuple):
    """The artefacts before and after; before: None where no older one is kept."""

    before: Optional[Path]
    after: Path


def retrain(root: Path) -> Retrained:
    """Trains what its inputs say; the one before is the newest of the others that are kept in `models`."""
    name = f"language-{artefact_hash(root)}"
    kept = [folder for folder in (root / "models").glob("language-*") if folder.name != name]
    trained = [folder for folder in kept if (folder / MODEL).exists()]
    before = max(trained, key=lambda folder: folder.stat().st_mtime, default=None)
    return Retrained(before, ensure_trained(root))


def judged(artefact: Path, taxonomy: Taxonomy, root: Path) -> Dict[str, List[Verdict]]:
    """By language, how each labelled sentence is read."""
    reader = Reader(load(artefact, taxonomy))
    categories = {tag.key: tag.category for tag in taxonomy.tags}
    return {
        language: [verdict(case, _read(reader, case, language)) for case in cases]
        for language, cases in measured.cases(root, categories).items()
    }


def _read(reader: Reader, case: measured.Case, language: str) -> Understanding:
    return reader.understand(case["text"], case["expecting"], hint=language, scale=case.get("scale"))


def report(before: Optional[Verdicts], after: Verdicts) -> Iterator[str]:
    """The figures by language, and each sentence that is read otherwise than before."""
    yield f"{'':9}{'acts':>24}{'tags F1':>20}"
    for language, now in after.items():
        was = figures(before[language]) if before else None
        yield f"{language:9}{_acts(was, figures(now)):>24}{_tags(was, figures(now)):>20}"
    if before is None:
        yield "No older model is kept: there is nothing to compare with."
        return
    changes = [line for language in after for line in _changes(before[language], after[language])]
    yield f"Read otherwise than before: {len(changes) or 'none'}"
    yield from changes


def _acts(was: Optional[Figures], now: Figures) -> str:
    share = [f"{one.right / max(1, one.labelled):.1%}" for one in (was, now) if one]
    return f"{' → '.join(share)} of {now.labelled}"


def _tags(was: Optional[Figures], now: Figures) -> str:
    return " → ".join(f"{one.f1:.3f}" for one in (was, now) if one)


def _changes(before: Sequence[Verdict], after: Sequence[Verdict]) -> Iterator[str]:
    for was, now in zip(before, after, strict=True):
        told = []
        if was.act != now.act:
            told.append(f"{was.act} → {now.act}")
        if (was.missed, was.wrong) != (now.missed, now.wrong):
            told.append(f"tags missed {len(was.missed)} → {len(now.missed)}, wrong {len(was.wrong)} → {len(now.wrong)}")
        if told:
            yield f"  {_sign(was, now)} {now.text}  [{'; '.join(told)}]"


def _sign(was: Verdict, now: Verdict) -> str:
    """+ better, − worse, · neither."""

    def points(one: Verdict) -> int:
        return bool(one.act_is_right) + one.found - len(one.missed) - len(one.wrong)

    return "+" if points(now) > points(was) else "−" if points(now) < points(was) else "·"
