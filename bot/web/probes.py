"""For those who run it: is it alive, is it ready, what is it doing."""

from typing import Any, Dict

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.web import errors
from bot.web.context import Web, web_of

router = APIRouter(tags=["operation"])

HELP = {
    "messages": ("Messages stored, by sender", "sender"),
    "open_cases": ("Cases not yet resolved, by severity", "severity"),
    "outbox": ("Outbox items not yet sent: waiting, or dead after all tries", "status"),
    "chat_pages": ("Chat pages that listen at this process", ""),
    "console_pages": ("Pages of the console that listen at this process", ""),
}


@router.get("/healthz", responses={200: {"content": {"application/json": {"example": {"status": "ok"}}}}})
async def healthz() -> Dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "Something it needs is missing; the message says what"}})
def readyz(web: Web = Depends(web_of)) -> Any:
    """The database answers and definitions are active."""
    try:
        with web.wiring.store.read() as tx:
            version = tx.active_definitions_version()
    except Exception as error:
        return JSONResponse(errors.body(503, f"The database does not answer: {type(error).__name__}"), 503)
    if not version:
        return JSONResponse(errors.body(503, "No definitions are active."), 503)
    return {"status": "ready", "definitions": version}


@router.get("/prometheus", response_class=PlainTextResponse)
def prometheus(web: Web = Depends(web_of)) -> PlainTextResponse:
    """Gauges in Prometheus's text format."""
    pages = {
        "chat_pages": {"": web.stream.listening},
        "console_pages": {"": web.case_stream.listening + web.queue_stream.listening},
    }
    figures = {**web.glances.counts(), **pages}
    lines = []
    for name, (description, label) in HELP.items():
        full = f"afterword_{name}"
        lines += [f"# HELP {full} {description}", f"# TYPE {full} gauge"]
        for value, count in sorted(figures[name].items()):
            lines.append(f'{full}{{{label}="{value}"}} {count}' if label else f"{full} {count}")
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
