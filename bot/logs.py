"""Logs that a person can read: Rasa's and Sanic's chatter off, and nobody's phone number in a line."""

import logging
import warnings

from bot.core.masking import MaskingFilter


def set_up(level: int = logging.WARNING) -> None:
    """For a process of its own: warnings and worse, one line each, masked."""
    warnings.filterwarnings("ignore")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(MaskingFilter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("rasa", "sanic.root", "sanic.error", "sanic.access", "apscheduler"):
        logging.getLogger(name).setLevel(level)
