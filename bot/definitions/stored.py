"""The active definitions: read from the store, parsed anew only when their version changed."""

import threading
from datetime import datetime
from pathlib import Path
from typing import Callable, List, Optional, Tuple

from bot.core.definitions import Definitions
from bot.core.errors import NotFound
from bot.core.ports import DefinitionsSource, Store, Transaction
from bot.core.services import audit
from bot.definitions.loader import as_json, digest, from_json, load


class StoredDefinitions(DefinitionsSource):
    """Asks for the version number each turn, so that a survey changes without a restart."""

    def __init__(self) -> None:
        self._active: Optional[Tuple[int, Definitions]] = None
        self._listeners: List[Callable[[Definitions], None]] = []
        self._lock = threading.Lock()

    def current(self, tx: Transaction) -> Definitions:
        """Raises NotFound as long as no version is active."""
        version = tx.active_definitions_version()
        active = self._active
        if active is not None and active[0] == version:
            return active[1]
        with self._lock:
            return self._read(tx)

    def when_changed(self, listener: Callable[[Definitions], None]) -> None:
        """`listener` is told of every later version."""
        self._listeners.append(listener)

    def _read(self, tx: Transaction) -> Definitions:
        found = tx.active_definitions()
        if found is None:
            raise NotFound("no definitions are active; a start through `make run` activates them")
        version, _, content = found
        if self._active is None or self._active[0] != version:
            first = self._active is None
            self._active = (version, from_json(content))
            for listener in self._listeners if not first else []:
                listener(self._active[1])
        return self._active[1]


def activate(store: Store, folder: Path, at: datetime) -> int:
    """Makes the folder the active version if it differs from it; gives the version. Raises DefinitionError."""
    definitions, print_of_it = load(folder), digest(folder)
    with store.begin() as tx:
        active = tx.active_definitions()
        if active is not None and active[1] == print_of_it:
            return active[0]
        version = tx.add_definitions(print_of_it, as_json(definitions), at)
        audit.note(tx, audit.SET_UP, "activated", "definitions", str(version), at=at)
        return version
