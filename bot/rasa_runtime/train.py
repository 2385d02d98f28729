"""Trains Rasa's model: `python -m bot.rasa_runtime.train --out models/rasa-….tar.gz`."""

import argparse
import os
import sys
from pathlib import Path

from bot.rasa_runtime import corrections

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description="Trains Rasa's model from config.yml, domain.yml and data/.")
    parser.add_argument("--out", type=Path, required=True, help="the model file, .tar.gz")
    train(ROOT, parser.parse_args().out)
    return 0


def train(root: Path, out: Path) -> None:
    """Trains to exactly this file. Raises RuntimeError with Rasa's code where it made no model."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    corrections.apply()
    import rasa.model_training

    result = rasa.model_training.train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(out.parent),
        fixed_model_name=out.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"Rasa trained no model (code {result.code})")


if __name__ == "__main__":
    sys.exit(main())
