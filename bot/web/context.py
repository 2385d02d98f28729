"""What the routes of one app share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import anyio
from fastapi import Request

from bot.web import i18n
from bot.web.brand import DEFAULT_ACCENT, Brand
from bot.web.chat.rasa import Rasa
from bot.web.chat.stream import Stream
from bot.web.chat.view import Chats
from bot.web.glances import Glances
from bot.web.pages import Pages
from bot.web.signing import Signing

if TYPE_CHECKING:
    from bot.wiring import Wiring


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
    # A large picture takes a core and a hundred megabytes while it is drawn.
    drawing: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(2))

    @property
    def texts(self) -> i18n.Texts:
        return self.pages.texts


def build(wiring: Wiring) -> Web:
    settings = wiring.settings
    brand = Brand(settings.brand, settings.accent or DEFAULT_ACCENT)
    glances, chats = Glances(wiring.engine), Chats(wiring.store, wiring.definitions)
    return Web(
        wiring=wiring,
        brand=brand,
        pages=Pages(i18n.load(), brand),
        signing=Signing(settings.secret, settings.public_url),
        glances=glances,
        chats=chats,
        rasa=Rasa(settings.rasa_url),
        stream=Stream(chats, glances),
    )


def web_of(request: Request) -> Web:
    """The dependency of every route."""
    return cast(Web, request.app.state.web)
