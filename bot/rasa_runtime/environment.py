"""What Rasa's own files (endpoints.yml) read from the environment, derived from our settings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from bot.wiring import Settings

if TYPE_CHECKING:
    from rasa.utils.endpoints import EndpointConfig


def export(settings: Settings) -> None:
    """Sets what endpoints.yml and Sanic read; telemetry is off whatever the caller's environment says."""
    os.environ["AFTERWORD_ACTIONS_URL"] = settings.places.url("actions") + "/webhook"
    os.environ["AFTERWORD_TRACKER_URL"] = settings.tracker_url
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SANIC_HOST", settings.places.host)


def lock_store(settings: Settings) -> Optional["EndpointConfig"]:
    """Redis where several Rasa servers share the conversations; None: one server's own memory is enough."""
    if not settings.redis_url:
        return None
    from rasa.utils.endpoints import EndpointConfig
    from redis.connection import SSLConnection, parse_url

    given = parse_url(settings.redis_url)
    names = ("port", "db", "username", "password")
    options = {name: given[name] for name in names if name in given}
    ssl = given.get("connection_class") is SSLConnection
    return EndpointConfig(given.get("host", "127.0.0.1"), type="redis", use_ssl=ssl, **options)


def model_path(root: Path) -> Path:
    """The model of the present sources and language artefact. Raises FileNotFoundError naming the mend."""
    from bot.language.training import artefact_hash
    from bot.setup.models import stamp

    path = root / "models" / f"rasa-{stamp(root, str(artefact_hash(root)))}.tar.gz"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: no model was trained from the present sources; `make train` does")
    return path
