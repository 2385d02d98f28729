"""`make run` with stand-ins for its processes: `stand_in_start.py [how the web app behaves]`, settings as usual."""

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.setup import start, supervision  # noqa: E402
from bot.setup.processes import Process  # noqa: E402
from bot.setup.settings import Settings  # noqa: E402
from bot.setup.stopping import StopRequest  # noqa: E402

SERVER = str(Path(__file__).with_name("stand_in_server.py"))


def table(settings, how=""):
    heartbeat = settings.var / "worker.heartbeat"
    web = (sys.executable, SERVER, str(settings.ports["web"]), *([how] if how else []))
    orders = (sys.executable, SERVER, str(settings.ports["orders"]))
    worker = (sys.executable, SERVER, "0", f"beats={heartbeat}")
    return (
        Process("orders", "demo order system", orders, (settings.url("orders") + "/healthz",)),
        Process("web", "web app", web, (settings.url("web") + "/healthz",)),
        Process("worker", "worker", worker, heartbeat=heartbeat),
    )


if __name__ == "__main__":
    supervision.START_RETRIES = 1
    supervision.STOP_SECONDS = 1
    how = [word for word in sys.argv[1:] if not word.startswith("--")]
    settings = replace(Settings.from_environment(), root=ROOT)
    settings.var.mkdir(parents=True, exist_ok=True)
    stop = StopRequest(with_parent="--with-parent" in sys.argv)
    sys.exit(start.run(settings, table(settings, *how), stop, lambda *_: {"api_key": "key-1", "admin password": "p"}))
