"""What Rasa's own files (endpoints.yml) read from the environment, derived from our settings."""

import os
from pathlib import Path

from bot.wiring import Settings


def export(settings: Settings) -> None:
    """Sets what endpoints.yml and Sanic read; telemetry is off whatever the caller's environment says."""
    os.environ["AFTERWORD_ACTIONS_URL"] = settings.places.url("actions") + "/webhook"
    os.environ["AFTERWORD_TRACKER_URL"] = tracker_url(settings)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SANIC_HOST", settings.places.host)


def tracker_url(settings: Settings) -> str:
    """Beside our database, never in it: two writers on one SQLite file would wait for each other's lock."""
    if settings.database_url.startswith("sqlite"):
        return f"sqlite:///{settings.var / 'rasa-tracker.sqlite'}"
    return settings.database_url


def model_path(root: Path) -> Path:
    """The model of the present sources and language artefact. Raises FileNotFoundError naming the mend."""
    from bot.language.training import artefact_hash
    from bot.setup.models import stamp

    path = root / "models" / f"rasa-{stamp(root, str(artefact_hash(root)))}.tar.gz"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: no model was trained from the present sources; `make train` does")
    return path
