"""Rasa logs through structlog, which would print the text of failed messages past every logging filter."""

import logging

import structlog


def configure() -> None:
    """Sends structlog through the standard logging, where levels and masking apply."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=True,
    )
