"""What definitions are made of: models that refuse what they do not know, wording in three languages, addresses."""

from typing import Any, Callable, Iterator
from urllib.parse import urlsplit

from pydantic import BaseModel, Extra, Field

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Model(BaseModel):
    """A frozen model that refuses keys it does not know: a typing mistake in the YAML must not pass as a wish."""

    class Config:
        extra = Extra.forbid
        frozen = True


class Wording(Model):
    """The same wording in each of the three languages; in YAML a mapping with the keys zh-Hans, zh-Hant, en."""

    zh_hans: str = Field(..., alias="zh-Hans", min_length=1)
    zh_hant: str = Field(..., alias="zh-Hant", min_length=1)
    en: str = Field(..., min_length=1)

    def get(self, language: str) -> str:
        """The wording in `language`; English for any other language."""
        return {"zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}.get(language, self.en)


class WebhookUrl(str):
    """An address that notices are posted to. They hold customers' words: encrypted, or not off this machine."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], str]]:
        yield cls.checked

    @classmethod
    def checked(cls, value: Any) -> str:
        url = urlsplit(value if isinstance(value, str) else "")
        if url.hostname and (url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)):
            return cls(value)
        raise ValueError("a webhook is an https:// address (http:// on this machine only)")
