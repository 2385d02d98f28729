"""The Rasa server: `rasa run` with our corrections, behind our door. `python -m bot.rasa_runtime.server`."""

import sys

from bot import logs
from bot.rasa_runtime import corrections, environment
from bot.wiring import Wiring


def main() -> int:
    wiring = Wiring.from_environment()
    environment.export(wiring.settings)
    corrections.apply(serving=True)
    serve(wiring)
    return 0


def serve(wiring: Wiring) -> None:
    """Blocks until the server is stopped."""
    from rasa.core import run
    from rasa.core.utils import AvailableEndpoints

    from bot.channels.door import Door, install
    from bot.nlu.component import UnderstandingComponent
    from bot.rasa_runtime.logging_of_rasa import configure

    configure()
    logs.set_up()
    settings, reader = wiring.settings, wiring.reader
    UnderstandingComponent.reader = lambda: reader
    install(Door(wiring.ports))
    endpoints = AvailableEndpoints.read_endpoints(str(settings.root / "endpoints.yml"))
    endpoints.lock_store = environment.lock_store(settings)
    run.serve_application(
        model_path=str(environment.model_path(settings.root)),
        interface=settings.places.host,
        port=settings.places.ports["rasa"],
        credentials=str(settings.root / "credentials.yml"),
        endpoints=endpoints,
        # Rasa's HTTP API would be a second, unguarded way into every conversation.
        enable_api=False,
    )


if __name__ == "__main__":
    sys.exit(main())
