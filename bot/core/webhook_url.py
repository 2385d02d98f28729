"""The address of a webhook, as definitions name it."""

from typing import Any, Callable, Iterator
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class WebhookUrl(str):
    """What is posted there holds customers' words: encrypted, or not off this machine."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], str]]:
        yield cls.checked

    @classmethod
    def checked(cls, value: Any) -> str:
        url = urlsplit(value if isinstance(value, str) else "")
        if url.hostname and (url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)):
            return cls(value)
        raise ValueError("a webhook is an https:// address (http:// on this machine only)")
