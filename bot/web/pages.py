"""Rendering: templates with the wording of the reader's language."""

from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, Optional

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.types import LANGUAGES
from bot.web import i18n
from bot.web.brand import Brand

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "afterword_language"
# Which of the wording's `error` fits a status.
KINDS = {404: "not_found", 410: "gone", 403: "forbidden", 413: "too_large", 503: "unavailable"}


class Pages:
    """Renders our templates. Everything that is not marked safe is escaped."""

    def __init__(self, texts: i18n.Texts, brand: Brand) -> None:
        self.texts = texts
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(brand=brand, languages={key: i18n.NAMES[key] for key in LANGUAGES})

    def render(self, template: str, language: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The template as a page."""
        return HTMLResponse(self.fragment(template, language, **values), status)

    def fragment(self, template: str, language: str, **values: Any) -> str:
        """The template as text; in it `t` is the wording, `language` its tag; `due`, `ago`, `span` speak of times."""
        texts = self.texts[language]
        now = datetime.now(timezone.utc)
        words = {
            "t": texts,
            "language": language,
            "due": partial(_due, texts, now),
            "span": lambda minutes: i18n.span_words(texts, timedelta(minutes=minutes)),
            "ago": lambda then: i18n.ago_words(texts, then, now),
        }
        return self._environment.get_template(template).render({**words, **values})

    def error(self, request: Request, status: int, kind: Optional[str] = None) -> HTMLResponse:
        """The friendly page of an error; `kind`: a key of the wording's `error`, by default what fits the status."""
        kind = kind or KINDS.get(status, "other")
        kind = "broken" if status >= 500 and kind == "other" else kind
        return self.render("error.html", language_of(request), status, kind=kind)


def language_of(request: Request) -> str:
    """The reader's language: as chosen (cookie), else as the browser says."""
    chosen: Optional[str] = request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else i18n.negotiate(request.headers.get("accept-language", ""))


def _due(texts: Any, now: datetime, due: datetime) -> Any:
    return i18n.due_words(texts, due, now)
