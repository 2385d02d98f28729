"""Whether the ports are free, and who holds one that is not."""

from __future__ import annotations

import socket
from typing import List, Optional

import psutil

from bot.setup.settings import LOOPBACK, Settings, port_variable


def taken(settings: Settings) -> List[str]:
    """One line for each port that cannot be had: who holds it, and which variable names another."""
    lines = []
    for name, port in settings.ports.items():
        host = LOOPBACK if name == "orders" else settings.host
        reason = refusal(host, port)
        if reason:
            lines.append(f"Port {port} ({name}) is {reason}. To use another port: {port_variable(name)}={port + 1}")
    return lines


def refusal(host: str, port: int) -> Optional[str]:
    """Why nothing can listen there, or None if it is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a connection that has just ended does not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError:
            return "not allowed for this user"
        except OSError as error:
            held = holder(port)
            return f"taken by {held}" if held else f"not to be had on {host} ({error.strerror})"
    return None


def holder(port: int) -> str:
    """The process that listens on it, as far as this user may see."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except (psutil.Error, OSError):
        return "another process"
    listening = [c for c in connections if c.laddr and c.laddr.port == port and c.status == psutil.CONN_LISTEN]
    if not listening:
        return ""
    pid = next((c.pid for c in listening if c.pid), None)
    return "another user's process" if pid is None else described(pid)


def described(pid: int) -> str:
    try:
        command = " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        command = ""
    return f"process {pid}" + (f" ({command[:100]})" if command else "")
