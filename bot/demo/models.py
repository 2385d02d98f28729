"""What enters and leaves the demo order system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field, validator

Kind = Literal["refund", "partial_refund", "replacement", "voucher", "redo", "callback", "visit"]
Mode = Literal["none", "slow", "error", "refuse", "down", "lost_answer"]


class OrderError(Exception):
    """A request that is not carried out; becomes `{"error": {code, message, field?}}`."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None):
        super().__init__(message)
        self.status, self.code, self.message, self.field = status, code, message, field


def error_body(code: str, message: str, field: str | None = None) -> dict:
    error = {"code": code, "message": message}
    return {"error": {**error, "field": field} if field else error}


class Body(BaseModel):
    class Config:
        anystr_strip_whitespace = True

    @validator("*", pre=True)
    def encodable(cls, value: object) -> object:
        # JSON can spell half a surrogate pair, which neither SQLite nor an answer can hold.
        if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            raise ValueError("is not valid Unicode")
        return value


class Item(Body):
    name: str = Field(min_length=1, max_length=200)
    price: Decimal = Field(ge=0, max_digits=12, decimal_places=2)


class NewOrder(Body):
    order_id: str | None = Field(default=None, regex="^[A-Za-z0-9_-]{1,40}$")
    customer_id: str = Field(min_length=1, max_length=200)
    items: list[Item] = Field(min_items=1, max_items=100)
    amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    currency: str = Field(regex="^[A-Z]{3}$")
    delivered_at: datetime | None = None
    phone_last4: str | None = Field(default=None, regex="^[0-9]{4}$")

    @validator("delivered_at")
    def in_utc(cls, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("needs an offset, such as 2026-09-14T08:30:00+00:00")
        try:
            return value.astimezone(timezone.utc)
        except OverflowError:
            raise ValueError("is out of range") from None


class NewRemedy(Body):
    kind: Kind
    amount: Decimal | None = Field(default=None, gt=0, max_digits=12, decimal_places=2)

    @validator("amount", always=True)
    def amount_where_needed(cls, value: Decimal | None, values: dict) -> Decimal | None:
        if value is None and values.get("kind") == "partial_refund":
            raise ValueError("a partial refund needs an amount")
        return value


class NewFault(Body):
    mode: Mode
    seconds: float | None = Field(default=None, ge=0, le=3600)
    times: int | None = Field(default=None, ge=1, le=1_000_000)


@dataclass(frozen=True)
class OrderItem:
    name: str
    price: Decimal


@dataclass(frozen=True)
class Order:
    order_id: str
    customer_id: str
    items: list[OrderItem]
    amount: Decimal
    currency: str
    delivered_at: datetime | None
    phone_last4: str | None
    created_at: datetime


@dataclass(frozen=True)
class Remedy:
    """A remedy that was carried out. `currency` is null where there is no amount."""

    idempotency_key: str
    kind: str
    amount: Decimal | None
    currency: str | None
    created_at: datetime
