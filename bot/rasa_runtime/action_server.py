"""The action server: Rasa's own, on loopback, with our ports. `python -m bot.rasa_runtime.action_server`."""

import sys

from bot import logs
from bot.rasa_runtime import environment
from bot.wiring import Wiring

# Longer than Rasa's side keeps its connections, so that it never writes into one that is just being closed.
KEEP_ALIVE_SECONDS = 75


def main() -> int:
    wiring = Wiring.from_environment()
    environment.export(wiring.settings)
    logs.set_up()
    serve(wiring)
    return 0


def serve(wiring: Wiring) -> None:
    """Blocks until the server is stopped."""
    from rasa_sdk.endpoint import create_app

    from actions.base import ActAction

    ActAction.ports = lambda: wiring.ports
    app = create_app("actions")
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE_SECONDS
    app.config.ACCESS_LOG = False
    places = wiring.settings.places
    app.run(host=places.host, port=places.ports["actions"], access_log=False, motd=False)


if __name__ == "__main__":
    sys.exit(main())
