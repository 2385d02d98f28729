"""Where the processes listen and where they keep their files. `bot.wiring` reads the same names."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Mapping, Optional

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
PORTS = {"rasa": 5005, "actions": 5055, "web": 8000, "orders": 8090}


class BadSetting(Exception):
    """An environment variable that cannot be meant; the text names it and what it may be."""


def port_variable(name: str) -> str:
    return f"BOT_{name.upper()}_PORT"


@dataclass(frozen=True)
class Settings:
    root: Path = ROOT
    var: Path = ROOT / "var"
    host: str = LOOPBACK
    ports: Mapping[str, int] = field(default_factory=lambda: dict(PORTS))

    @classmethod
    def from_environment(cls, environ: Optional[Mapping[str, str]] = None, root: Path = ROOT) -> Settings:
        given = os.environ if environ is None else environ
        ports = {name: _port(given, name, default) for name, default in PORTS.items()}
        for name, port in ports.items():
            twin = next(other for other in ports if ports[other] == port)
            if twin != name:
                raise BadSetting(f"{port_variable(twin)} and {port_variable(name)} are both {port}. Give one another.")
        var = (root / (given.get("BOT_VAR") or "var")).resolve()
        return cls(root, var, given.get("BOT_HOST") or LOOPBACK, ports)

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def url(self, name: str) -> str:
        """Where this machine reaches a process."""
        everywhere = self.host in ("0.0.0.0", "::") or name == "orders"
        host = LOOPBACK if everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.ports[name]}"

    def variables(self) -> Dict[str, str]:
        """These settings, spelt out for the processes."""
        ports = {port_variable(name): str(port) for name, port in self.ports.items()}
        return {"BOT_VAR": str(self.var), "BOT_HOST": self.host, **ports}


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    variable = port_variable(name)
    text = environ.get(variable) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise BadSetting(f"{variable} is {text!r}; it must be a port, a number from 1 to 65535.")
    return int(text)
