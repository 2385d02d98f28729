"""The web app: API, chat, console. Nothing is built at import."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, AsyncIterator

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from bot.web import api, context, errors, probes, start
from bot.web.chat import pictures as chat_pictures
from bot.web.chat import routes as chat
from bot.web.console import routes as console
from bot.web.guard import Guard

if TYPE_CHECKING:
    from bot.wiring import Wiring

STATIC = Path(__file__).parent / "static"
ABOUT = """Ratings and complaints that Afterword collected, and what was done about them.

Send what happened to `POST /api/v1/touchpoints`; the answer has the link of the chat in which the customer is asked how
it went. Every call below `/api/v1` needs the header `Authorization: Bearer <key>`. Times are ISO 8601 with an offset.
Errors are `{"error": {"code", "message", "field"?}}`."""


def create_app(wiring: Wiring) -> FastAPI:
    """The app on this wiring."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        for stream in (app.state.web.stream, app.state.web.case_stream, app.state.web.queue_stream):
            await stream.close()

    app = FastAPI(title="Afterword", description=ABOUT, version="1", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.web = context.build(wiring)
    errors.install(app)
    app.add_middleware(Guard)
    for router in (api.router, probes.router, chat.router, chat_pictures.router, console.router, start.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
