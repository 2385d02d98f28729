"""Runs as files: `var/eval/<date>.json` holds figures only, no text."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, Optional

from evaluation.measures import Figure
from evaluation.targets import Figures


def name_of(at: datetime) -> str:
    """The name of a run: names sort as their dates do."""
    return f"{at:%Y-%m-%dT%H%M%SZ}"


def write(path: Path, at: datetime, figures: Figures, about: Dict[str, Any]) -> None:
    """Writes a run; `about` says what was measured, and where."""
    told = {
        key: {language: {"value": figure.value, "n": figure.n} for language, figure in by_language.items()}
        for key, by_language in figures.items()
    }
    content = {"date": at.isoformat(timespec="seconds"), **about, "figures": told}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> Figures:
    """The figures of a run. Raises ValueError for a file that holds none."""
    try:
        told = json.loads(path.read_text("utf-8"))["figures"]
        return {
            key: {language: Figure(one["value"], one["n"]) for language, one in by_language.items()}
            for key, by_language in told.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} holds no run of the evaluation") from error


def latest(folder: Path) -> Optional[Path]:
    """The newest run in a folder."""
    return max(folder.glob("*.json"), default=None, key=lambda path: path.name)
