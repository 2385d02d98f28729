"""The store on SQLite or PostgreSQL."""

from contextlib import contextmanager, nullcontext
from typing import Callable, ContextManager, Iterator

from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.core.errors import Conflict
from bot.core.ports import Store, Transaction
from bot.store.audit import AuditPart
from bot.store.cases import CasesPart
from bot.store.conversations import ConversationsPart
from bot.store.database import BUSY_SECONDS, reading, writing
from bot.store.erasing import clear_leftovers
from bot.store.journeys import JourneysPart
from bot.store.messages import MessagesPart
from bot.store.outbox import OutboxPart
from bot.store.pictures import PicturesPart
from bot.store.responses import ResponsesPart
from bot.store.rest import RestPart
from bot.store.retaining import RetainingPart
from bot.store.reviewing import ReviewingPart
from bot.store.tag_corrections import TagCorrectionsPart
from bot.store.viewers import ViewersPart
from bot.store.writers import WriterQueue


class SqlTransaction(
    ConversationsPart,
    MessagesPart,
    PicturesPart,
    JourneysPart,
    ResponsesPart,
    CasesPart,
    ViewersPart,
    RetainingPart,
    TagCorrectionsPart,
    ReviewingPart,
    OutboxPart,
    AuditPart,
    RestPart,
    Transaction,
):
    """A transaction on one connection."""


class SqlStore(Store):
    """Keeps everything in the database of `engine`, whose tables are up to date (see `migrate`).

    A row that is added twice raises Conflict, as one does that was changed by somebody else.
    """

    def __init__(self, engine: Engine):
        self.engine = engine
        self._writer = writing(engine)
        self._reader = reading(engine)
        # PostgreSQL locks rows and needs no queue.
        on_sqlite = engine.dialect.name == "sqlite"
        path = f"{engine.url.database}-writers"
        self._turn: Callable[[], ContextManager[None]] = (
            WriterQueue(path, BUSY_SECONDS).turn if on_sqlite else nullcontext
        )

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        try:
            with self._turn(), self._writer.begin() as connection:
                yield SqlTransaction(connection, writes=True)
        except IntegrityError as error:
            if _is_double(error):
                raise Conflict("another record with this key is there already") from error
            raise

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with self._reader.connect() as connection:
            yield SqlTransaction(connection, writes=False)

    def clear_leftovers(self) -> None:
        """After an erasure: clears the free space and the log of an SQLite file, where old words may still stand."""
        with self._turn():
            clear_leftovers(self.engine)


def _is_double(error: IntegrityError) -> bool:
    return getattr(error.orig, "pgcode", None) == "23505" or "UNIQUE constraint failed" in str(error.orig)
