"""A circuit breaker: who does not answer is left alone for a while, and nobody waits for them meanwhile.

Written out, because the libraries at hand either hold a lock while they call, so that all callers would queue behind
one slow answer, or hold none at all.
"""

import threading
import time
from typing import Callable, Optional, TypeVar

from bot.core.errors import ServiceUnavailable

T = TypeVar("T")


class Breaker:
    """Counts failures in a row; for one process, and for any number of its threads.

    failures: so many in a row, and it opens. pause: seconds during which it then refuses at once; after them one call
    may try, and its end decides: closed again, or another pause. clock: gives seconds that only go forward.
    """

    def __init__(self, name: str, failures: int, pause: float, clock: Callable[[], float] = time.monotonic):
        self._name, self._most, self._pause, self._clock = name, failures, pause, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until: Optional[float] = None
        self._trying = False

    def call(self, attempt: Callable[[], T]) -> T:
        """What `attempt` gives. A ServiceUnavailable of it is a failure; any other end shows that somebody answers.

        Raises ServiceUnavailable without calling while the breaker is open.
        """
        is_trial = self._enter()
        answered = False
        try:
            result = attempt()
            answered = True
            return result
        except ServiceUnavailable:
            raise
        except Exception:
            answered = True
            raise
        finally:
            self._leave(is_trial, answered)

    def _enter(self) -> bool:
        """Whether this call is the one that tries."""
        with self._lock:
            if self._open_until is None:
                return False
            if self._trying or self._clock() < self._open_until:
                raise ServiceUnavailable(f"{self._name}: did not answer lately and is left alone for a moment")
            self._trying = True
            return True

    def _leave(self, was_trial: bool, answered: bool) -> None:
        with self._lock:
            if was_trial:
                self._trying = False
            elif self._open_until is not None:
                return  # begun before it opened: what it found is old
            self._failures = 0 if answered else self._failures + 1
            is_down = not answered and (was_trial or self._failures >= self._most)
            self._open_until = self._clock() + self._pause if is_down else None
