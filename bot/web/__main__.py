"""`python -m bot.web`: serves the web app."""

import uvicorn

from bot import logs
from bot.web.app import create_app
from bot.wiring import Wiring


def main() -> None:
    logs.set_up()
    wiring = Wiring.from_environment()
    settings = wiring.settings
    uvicorn.run(
        create_app(wiring),
        host=settings.web_host,
        port=settings.web_port,
        access_log=False,
        log_level="warning",
        server_header=False,
        ws="none",  # we have none, and the websockets that Rasa needs is too old for uvicorn
        # open event streams must not hold up the end of the process
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
