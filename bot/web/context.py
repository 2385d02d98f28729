"""What the routes of one app share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import anyio
from fastapi import Request

from bot.web import i18n
from bot.web.brand import DEFAULT_ACCENT, Brand
from bot.web.chat.rasa import Rasa
from bot.web.chat.view import Chats
from bot.web.console.presence import Presence
from bot.web.glances import Glances
from bot.web.pages import Pages
from bot.web.signing import Signing
from bot.web.stream import Stream

if TYPE_CHECKING:
    from bot.wiring import Wiring

# A list of cases need not be newer than that.
QUEUE_SECONDS = 1.0


@dataclass(frozen=True)
class Web:
    wiring: Wiring
    brand: Brand
    pages: Pages
    signing: Signing
    glances: Glances
    chats: Chats
    rasa: Rasa
    stream: Stream
    case_stream: Stream
    queue_stream: Stream
    presence: Presence
    # A large picture takes a core and a hundred megabytes while it is drawn.
    drawing: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(2))

    @property
    def texts(self) -> i18n.Texts:
        return self.pages.texts


def build(wiring: Wiring) -> Web:
    settings = wiring.settings
    brand = Brand(settings.brand, settings.accent or DEFAULT_ACCENT)
    glances, chats = Glances(wiring.engine), Chats(wiring.store, wiring.definitions)
    presence = Presence(wiring.store, wiring.queries, wiring.ports.clock)
    return Web(
        wiring=wiring,
        brand=brand,
        pages=Pages(i18n.load(), brand),
        signing=Signing(settings.secret, settings.public_url),
        glances=glances,
        chats=chats,
        rasa=Rasa(settings.rasa_url),
        stream=Stream(lambda ids: glances.marks(ids)),
        case_stream=Stream(presence.case_marks),
        queue_stream=Stream(presence.queue_mark, every=QUEUE_SECONDS),
        presence=presence,
    )


def web_of(request: Request) -> Web:
    """The dependency of every route."""
    return cast(Web, request.app.state.web)
