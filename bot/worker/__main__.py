"""The worker: sends, reminds, finds out and hands over what is due. `python -m bot.worker`."""

import logging
import signal
import sys
import threading

from bot import logs
from bot.core.services import retaining
from bot.wiring import Wiring
from bot.worker.rounds import rounds, run_round

# How soon something due is noticed; an idle round costs three small queries.
PAUSE_SECONDS = 1.0

log = logging.getLogger("bot.worker")


def main() -> int:
    logs.set_up()
    logging.getLogger(retaining.__name__).setLevel(logging.INFO)  # what was removed is to be known
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    wiring = Wiring.from_environment()
    heartbeat = wiring.settings.var / "worker.heartbeat"
    work = rounds(wiring.ports, wiring.notifier, wiring.deliver_again, wiring.retaining.step)
    while not stop.is_set():
        run_round(work)
        heartbeat.touch()
        stop.wait(PAUSE_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
