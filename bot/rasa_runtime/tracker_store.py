"""Rasa's tracker, kept small: slots and the last few dozen events of a conversation, one row each.

Why: `InMemoryTrackerStore` writes and reads the whole history as JSON on every turn, and `SQLTrackerStore` reads and
rescans the whole session, so that a turn grows dearer with the length of the conversation (measured: 190 ms a turn
after 200 turns, with a form 2,991 ms). The truth of a conversation is in our store; rules look at one turn only.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, Iterable, List, Optional

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import QueuePool

# About four turns: a turn leaves five events or six, and a rule looks at one.
RECENT_EVENTS = 24

METADATA = sa.MetaData()
TRACKERS = sa.Table(
    "trackers",
    METADATA,
    sa.Column("sender_id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
)


class RecentEventsTrackerStore(TrackerStore):
    """A file (SQLite) or schema (PostgreSQL) of its own: Rasa and our store never wait for each other's lock."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        host: str = "",
        schema: Optional[str] = None,
        recent_events: int = RECENT_EVENTS,
        **kwargs: Any,
    ) -> None:
        # Rasa hands the endpoint's `url` over under this name.
        super().__init__(domain, event_broker)
        self._recent = recent_events
        self._engine = _open(host, schema)
        METADATA.create_all(self._engine)
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        insert = dialect.insert(TRACKERS)
        upsert = insert.on_conflict_do_update(index_elements=["sender_id"], set_={"state": insert.excluded.state})
        # SQLAlchemy 1.4 does not remember what it made of an upsert and would write its SQL anew for each turn.
        translated = self._engine.get_execution_options().get("schema_translate_map")
        self._upsert = upsert.compile(self._engine, column_keys=["sender_id", "state"], schema_translate_map=translated)
        self._select = sa.select(TRACKERS.c.state).where(TRACKERS.c.sender_id == sa.bindparam("sender_id"))
        # Rasa is alone with its SQLite file, and a row takes less time than waking a thread; a network does not.
        on_sqlite = self._engine.dialect.name == "sqlite"
        self._pool = None if on_sqlite else ThreadPoolExecutor(4, thread_name_prefix="tracker")

    async def save(self, tracker: DialogueStateTracker) -> None:
        if self.event_broker is not None:
            await self.stream_events(tracker)
        state = json.dumps(self._state(tracker))
        await self._run(self._write, tracker.sender_id, state)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        state = await self._run(self._read, sender_id)
        if state is None:
            return None
        return self._tracker(sender_id, json.loads(state))

    async def keys(self) -> Iterable[str]:
        return await self._run(self._senders)

    def _state(self, tracker: DialogueStateTracker) -> Dict[str, Any]:
        slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
        return {"slots": slots, "events": [event.as_dict() for event in recent(list(tracker.events), self._recent)]}

    def _tracker(self, sender_id: str, state: Dict[str, Any]) -> DialogueStateTracker:
        events = [event for event in (Event.from_parameters(one) for one in state["events"]) if event is not None]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        for name, value in state["slots"].items():
            # Not as an event, which would be written back and pile up turn by turn.
            tracker._set_slot(name, value)
        return tracker

    async def _run(self, call: Any, *args: Any) -> Any:
        if self._pool is None:
            return call(*args)
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *args)

    def _write(self, sender_id: str, state: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(self._upsert, {"sender_id": sender_id, "state": state})

    def _read(self, sender_id: str) -> Optional[str]:
        with self._engine.connect() as connection:
            return connection.execute(self._select, {"sender_id": sender_id}).scalar()

    def _senders(self) -> List[str]:
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(TRACKERS.c.sender_id)).scalars())


def recent(events: List[Event], most: int) -> List[Event]:
    """The last events, from a turn's beginning on: half a turn would be a state that no rule knows."""
    if len(events) <= most:
        return events
    kept = events[-most:]
    for index, event in enumerate(kept):
        if isinstance(event, UserUttered):
            return [ActionExecuted("action_listen"), *kept[index:]]
    return kept


def _open(url: str, schema: Optional[str]) -> sa.engine.Engine:
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True)
        if schema:
            with engine.begin() as connection:
                connection.execute(sa.text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
            engine = engine.execution_options(schema_translate_map={None: schema})
        return engine
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
        # By default each use of an SQLite file opens a connection and closes it: three pragmas and a checkpoint.
        poolclass=QueuePool,
        pool_size=4,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _fast_and_safe)
    return engine


def _fast_and_safe(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")
