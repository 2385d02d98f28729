"""The processes of the assistant, as data."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Mapping, Optional, Tuple

from bot.setup.settings import LOOPBACK, Settings

# Set for every process: no telemetry, no warnings that say nothing to the reader of a log, no line held back.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True)
class Process:
    name: str
    title: str
    command: Tuple[str, ...]
    ready_at: Tuple[str, ...] = ()
    """URLs that all answer 200 when it is ready."""
    heartbeat: Optional[Path] = None
    """A file that it touches again and again; for a process that listens nowhere."""


def table(settings: Settings) -> Tuple[Process, ...]:
    """In the order of their start."""
    url = settings.url
    heartbeat = settings.var / "worker.heartbeat"
    orders = (
        "bot.demo",
        "--port",
        str(settings.ports["orders"]),
        "--database",
        str(settings.var / "demo-orders.sqlite"),
    )
    return (
        Process("orders", "demo order system", module(*orders), (url("orders") + "/healthz",)),
        Process("actions", "action server", module("bot.rasa_runtime.action_server"), (url("actions") + "/health",)),
        Process("rasa", "Rasa", module("bot.rasa_runtime.server"), (url("rasa") + "/",)),
        Process("web", "web app", module("bot.web"), (url("web") + "/healthz", url("web") + "/readyz")),
        Process("worker", "worker", module("bot.worker"), heartbeat=heartbeat),
    )


def module(name: str, *arguments: str) -> Tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


def environment(settings: Settings, environ: Optional[Mapping[str, str]] = None) -> Dict[str, str]:
    """The environment of every process: the caller's with ours over it."""
    given = dict(os.environ if environ is None else environ)
    # Rasa's and the action server's Sanic would bind every interface.
    sanic_host = settings.host if given.get("BOT_HOST") else LOOPBACK
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**given, **QUIET, "SANIC_HOST": sanic_host, **settings.variables()}
