"""The trained models: made when their inputs changed, and only then."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Iterator

from bot.setup.exclusive import Exclusive
from bot.setup.progress import run, ticking
from bot.setup.settings import ROOT, Settings
from bot.setup.with_parent import wrapped

INPUTS = ("config.yml", "domain.yml", "domain", "data", "bot/nlu")
TRAINERS = ("rasa", "scikit-learn", "spacy")
KEPT = 2
"""How many older models stay: going back to an earlier branch then needs no training."""


def ensure_models(settings: Settings) -> Path:
    """The path of Rasa's model. Trains the language artefact and Rasa's model where they are missing."""
    root = settings.root
    with Exclusive(root / "models" / ".lock", waiting="Another training is at work here: waiting for it"):
        language = ensure_language(settings)
        model = root / "models" / f"rasa-{stamp(root, language)}.tar.gz"
        if not model.exists():
            train(settings, model)
        # Rasa takes the newest file of the folder.
        os.utime(model)
        forget_older(model, "rasa-*.tar.gz")
    return model


def ensure_language(settings: Settings) -> str:
    """The hash of the language artefact, which is trained if it is missing."""
    from bot.language import training

    title = "Training the language model (only when its inputs changed)"
    with ticking(title), noise_in(settings.logs / "train.log"):
        folder = training.ensure_trained(settings.root)
        os.utime(folder)
        forget_older(folder, "language-*")
        return str(training.artefact_hash(settings.root))


@contextlib.contextmanager
def noise_in(log: Path) -> Iterator[None]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as file, contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
        yield


def stamp(root: Path, language: str) -> str:
    """Says what Rasa's model was made from: equal inputs give the same model."""
    digest = hashlib.sha256(language.encode())
    for name in TRAINERS:
        digest.update(f"\0{name}=={metadata.version(name)}".encode())
    for path in sorted(input_files(root)):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def input_files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        found = root / name
        for path in [found] if found.is_file() else found.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
                yield path


def train(settings: Settings, model: Path) -> None:
    """Trains beside the folder that Rasa looks into, so that half a model is never taken for one."""
    unfinished = model.parent / ".training" / model.name
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    command = wrapped([sys.executable, "-m", "bot.rasa_runtime.train", "--out", str(unfinished)])
    title = "Training Rasa's model (about a minute; only when its inputs changed)"
    run(title, command, settings.logs / "train.log", cwd=settings.root)
    unfinished.replace(model)


def forget_older(model: Path, pattern: str) -> None:
    others = [path for path in model.parent.glob(pattern) if path != model]
    for path in sorted(others, key=lambda other: other.stat().st_mtime, reverse=True)[KEPT:]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    print(ensure_models(Settings.from_environment(root=ROOT)))
