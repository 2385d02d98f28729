"""`python -m bot.demo`: the demo order system, on loopback only, because it asks for no key."""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn

from .app import create_app


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.demo", description="The demo order system of Hearthside.")
    parser.add_argument("--host", default="127.0.0.1", choices=("127.0.0.1", "localhost"))
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--database", type=Path, default=Path("var/demo-orders.sqlite"))
    return parser.parse_args()


def main() -> None:
    given = arguments()
    app = create_app(given.database)
    # Rasa pins a websockets that is too old for uvicorn to import, and there is no socket here.
    # The stop waits a second at most, whatever the slow fault still has in hand.
    uvicorn.run(app, host=given.host, port=given.port, ws="none", access_log=False, timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()
