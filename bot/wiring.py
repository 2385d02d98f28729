"""Reads our environment and puts adapters to ports. The only place where the rooms meet; nothing is built at import."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Dict, Mapping, Optional

from bot.core.ports import Ports
from bot.core.types import BRAND
from bot.setup.settings import BadSetting
from bot.setup.settings import Settings as Places

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from bot.adapters.notifier import TeamNotifier
    from bot.adapters.trackers import RasaTrackers
    from bot.core.records import Erased, Message
    from bot.core.services.pictures import Drawn
    from bot.core.services.retaining import Retaining
    from bot.definitions.stored import StoredDefinitions
    from bot.language.pipeline import Reader
    from bot.store.queries import Queries
    from bot.store.sql_store import SqlStore


@dataclass(frozen=True)
class Settings:
    """All of our environment. Secrets that are not given are made at the first start and kept below `var`."""

    places: Places
    database_url: str
    redis_url: Optional[str]
    definitions: Path
    orders_url: str
    order_timeout: float
    public_url: str
    brand: str
    accent: Optional[str]
    privacy_contact: Optional[str]
    api_key: str
    secret: str
    webhook_secret: str

    @classmethod
    def from_environment(cls, environ: Optional[Mapping[str, str]] = None) -> "Settings":
        """Raises BadSetting for a value that cannot be meant."""
        given = os.environ if environ is None else environ
        places = Places.from_environment(given)
        places.var.mkdir(parents=True, exist_ok=True)
        shipped = Path(__file__).parent / "definitions" / "shipped"
        return cls(
            places=places,
            database_url=given.get("BOT_DATABASE_URL") or f"sqlite:///{places.var / 'afterword.sqlite'}",
            redis_url=given.get("BOT_REDIS_URL") or None,
            definitions=Path(given.get("BOT_DEFINITIONS") or shipped),
            orders_url=given.get("BOT_ORDERS_URL") or places.url("orders"),
            order_timeout=float(given.get("BOT_ORDER_TIMEOUT") or 12.0),
            public_url=given.get("BOT_PUBLIC_URL") or places.url("web"),
            brand=given.get("BOT_BRAND") or BRAND,
            accent=given.get("BOT_ACCENT") or None,
            privacy_contact=(given.get("BOT_PRIVACY_CONTACT") or "").strip() or None,
            api_key=given.get("BOT_API_KEY") or _kept(places.var / "api.key"),
            secret=given.get("BOT_SECRET") or _kept(places.var / "secret.key"),
            webhook_secret=_webhook_secret(given.get("BOT_WEBHOOK_SECRET"), places.var),
        )

    root = property(lambda self: self.places.root)
    var = property(lambda self: self.places.var)

    @property
    def tracker_url(self) -> str:
        """Where Rasa keeps its trackers: beside our database, never in it, or two writers would wait for one lock."""
        if self.database_url.startswith("sqlite"):
            return f"sqlite:///{self.var / 'rasa-tracker.sqlite'}"
        return self.database_url

    rasa_url = property(lambda self: self.places.url("rasa"))
    web_host = property(lambda self: self.places.host)
    web_port = property(lambda self: self.places.ports["web"])


def _webhook_secret(given: Optional[str], var: Path) -> str:
    from bot.adapters import signature

    secret = given or _kept(var / "webhook.key", signature.new_secret)
    try:
        signature.key_of(secret)
    except ValueError as error:
        raise BadSetting(f"BOT_WEBHOOK_SECRET (or {var / 'webhook.key'}) cannot be used: it is {error}.") from error
    return secret


def _kept(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> str:
    """A secret in a file of its own that only its owner reads; made once, also when several processes start at once."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text().strip()
        # Another process may be between making the file and filling it.
        return kept or _kept_when_filled(path)
    with os.fdopen(handle, "w") as file:
        file.write(make())
    return path.read_text().strip()


def _kept_when_filled(path: Path) -> str:
    import time

    for _ in range(50):
        time.sleep(0.02)
        if kept := path.read_text().strip():
            return kept
    raise RuntimeError(f"{path} is empty: delete it, and the next start makes a new one")


class Wiring:
    """One for each process; each part is built when it is first asked for."""

    def __init__(self, settings: Settings):
        self.settings = settings

    @classmethod
    def from_environment(cls) -> "Wiring":
        return cls(Settings.from_environment())

    @cached_property
    def engine(self) -> "Engine":
        from bot.store.database import open_engine

        return open_engine(self.settings.database_url)

    @cached_property
    def store(self) -> "SqlStore":
        from bot.store.sql_store import SqlStore

        return SqlStore(self.engine)

    @cached_property
    def queries(self) -> "Queries":
        from bot.store.queries import Queries

        return Queries(self.engine)

    @cached_property
    def definitions(self) -> "StoredDefinitions":
        from bot.definitions.stored import StoredDefinitions

        return StoredDefinitions()

    @cached_property
    def ports(self) -> Ports:
        from bot.adapters.orders import CONNECT_SECONDS, HttpOrderSystem
        from bot.adapters.wordings import DomainWordings

        return Ports(
            store=self.store,
            definitions=self.definitions,
            wordings=DomainWordings(self.settings.root / "domain.yml"),
            orders=HttpOrderSystem(self.settings.orders_url, self.settings.order_timeout),
            clock=now,
            # A turn may carry out and then ask whether it was carried out.
            lease=timedelta(seconds=2 * (CONNECT_SECONDS + self.settings.order_timeout) + 3),
            public_url=self.settings.public_url.rstrip("/"),
            brand=self.settings.brand,
            privacy_contact=self.settings.privacy_contact,
        )

    @cached_property
    def notifier(self) -> "TeamNotifier":
        from bot.adapters import signature
        from bot.adapters.notifier import AppriseNotifier, LogNotifier, TeamNotifier
        from bot.adapters.webhook import SignedWebhook

        webhook = SignedWebhook(signature.key_of(self.settings.webhook_secret), now)
        return TeamNotifier({"apprise": AppriseNotifier(), "webhook": webhook, "log": LogNotifier()})

    def deliver_again(self, message: "Message") -> None:
        """Hands a stored message to Rasa again. Raises ServiceUnavailable."""
        from bot.adapters.rasa import deliver_again

        deliver_again(self.settings.rasa_url, message)

    def draw_anew(self, content: bytes) -> "Drawn":
        """A picture as it may be kept. Raises PictureRefused."""
        from bot.adapters.pictures import draw_anew

        return draw_anew(content)

    def erase(self, customer_id: str, actor: str) -> "Erased":
        """Erases a person, in our store and in Rasa's, asked for by `actor`.

        Raises NotFound, ServiceUnavailable, Conflict.
        """
        from bot.core.services import erasing

        erased = erasing.erase(self.ports, customer_id, self.trackers.forget, actor)
        self.clear_leftovers()
        return erased

    @cached_property
    def trackers(self) -> "RasaTrackers":
        from bot.adapters.trackers import RasaTrackers

        return RasaTrackers(self.settings.tracker_url, "rasa")

    def clear_leftovers(self) -> None:
        """Clears the free space of SQLite files, our own and Rasa's, where what was deleted may still stand."""
        from bot.adapters import trackers

        self.store.clear_leftovers()
        trackers.clear_leftovers(self.settings.tracker_url)

    @cached_property
    def retaining(self) -> "Retaining":
        """The worker's duty to keep nothing too long."""
        from bot.adapters import log_files
        from bot.core.services.retaining import Retaining

        def drop_logs(before: datetime) -> int:
            return log_files.drop_before(self.settings.places.logs, before, now())

        return Retaining(self.ports, self.trackers, drop_logs, self.clear_leftovers)

    @cached_property
    def reader(self) -> "Reader":
        """The language pipeline, with the tag words of the active definitions."""
        from bot.language.pipeline import Reader, load
        from bot.language.training import ensure_trained

        with self.store.read() as tx:
            taxonomy = self.definitions.current(tx).tags
        reader = Reader(load(ensure_trained(self.settings.root), taxonomy))
        self.definitions.when_changed(lambda definitions: reader.use(definitions.tags))
        return reader

    def prepare(self) -> Dict[str, str]:
        """Migrates, activates the definitions, makes the first admin; gives what a person must be told once.

        Raises DefinitionError: the folder is not valid; the version before stays active.
        """
        from bot.definitions.stored import activate
        from bot.store.database import migrate
        from bot.web.console.first_admin import ensure_admin

        migrate(self.engine)
        activate(self.store, self.settings.definitions, now())
        password = ensure_admin(self.store)
        return {"console password of admin (shown this once)": password} if password else {}


def now() -> datetime:
    return datetime.now(timezone.utc)
