"""What a chat page may send."""

import re
from typing import Optional

from pydantic import BaseModel, Extra, Field, constr, validator

MAX_TEXT = 4000
# Made by the page, and the same when a message is sent again.
MESSAGE_ID = r"^[A-Za-z0-9_-]{6,64}$"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Sent(BaseModel):
    """One message."""

    id: constr(strict=True, regex=MESSAGE_ID) = Field(..., example="b5a7c6d2e1")  # type: ignore
    text: constr(strict=True, max_length=MAX_TEXT) = Field(..., example="等了四十分钟")  # type: ignore
    after: Optional[int] = Field(None, ge=0, lt=2**53, description="The answer holds the messages after this seq")

    class Config:
        extra = Extra.forbid

    @validator("text")
    def _words(cls, value: str) -> str:
        # pasted text may hold control characters and halves of an emoji: nobody means them
        text = UNPRINTABLE.sub("", value.encode("utf-8", "ignore").decode("utf-8")).strip()
        if not text:
            raise ValueError("is empty")
        return text
