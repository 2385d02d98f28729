"""What the API takes: strict, so that nothing that cannot be kept comes in."""

import json
import math
import re
from datetime import datetime, timezone
from typing import Any, Dict, Optional

from pydantic import BaseModel, Extra, Field, constr, root_validator, validator

MAX_ATTRIBUTES_BYTES = 16 * 1024
MAX_DEPTH = 10
# A date alone, or digits only (which pydantic would take for seconds since 1970), is no point in time.
ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|z|[+-]\d\d:?\d\d)?")

Id = constr(strict=True, strip_whitespace=True, min_length=1, max_length=128)
Short = constr(strict=True, strip_whitespace=True, min_length=1, max_length=256)


def aware_time(value: Any) -> datetime:
    """An ISO 8601 time with an offset, in UTC. Raises ValueError for all else."""
    if not isinstance(value, str) or not ISO_TIME.fullmatch(value.strip()):
        raise ValueError("must be an ISO 8601 time with an offset, such as 2026-11-20T14:30:00+08:00")
    text = value.strip().replace("z", "Z").replace("Z", "+00:00").replace(" ", "T")
    if re.search(r"[+-]\d{4}$", text):
        text = f"{text[:-2]}:{text[-2:]}"
    try:
        moment = datetime.fromisoformat(re.sub(r"\.(\d+)", lambda digits: f".{digits[1]:0<6.6}", text))
        if moment.tzinfo is None:
            raise ValueError("must have an offset, such as +08:00 or Z: a time without one means different moments")
        moment = moment.astimezone(timezone.utc)
    except OverflowError as error:
        raise ValueError("is out of range") from error
    if not 1970 <= moment.year <= 2200:
        raise ValueError("must lie between the years 1970 and 2200")
    return moment


def storable(value: Any) -> Any:
    """Refuses what JSON allows but a database does not: NUL, lone surrogates, NaN, integers beyond 64 bits."""
    _check(value, 0)
    return value


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError(f"is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, str):
        if "\x00" in value or re.search("[\ud800-\udfff]", value):
            raise ValueError("contains a character that is not text")
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("contains a number that is not finite")
    elif isinstance(value, int) and abs(value) >= 2**63:
        raise ValueError("contains a number that is too large")
    elif isinstance(value, (dict, list)):
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            _check(item, depth + 1)


class Incoming(BaseModel):
    """A body, or part of one; keys that are not known are refused, so that a typing mistake is noticed."""

    class Config:
        extra = Extra.forbid

    _storable = validator("*", pre=True, allow_reuse=True)(storable)


class ContactIn(Incoming):
    channel: constr(strict=True, regex=r"^[a-z][a-z0-9_]{0,31}$") = Field(..., example="web")  # type: ignore
    address: Short = Field(..., example="+8613800000000")  # type: ignore[valid-type]


class CustomerIn(Incoming):
    id: Id = Field(..., example="C1001")  # type: ignore[valid-type]
    name: Optional[Short] = Field(None, example="王小明")  # type: ignore[valid-type]
    locale: Optional[constr(strict=True, regex=r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$")] = Field(  # type: ignore
        None, example="zh-CN", description="Language tag; decides the language in which the customer is asked"
    )
    segment: Optional[Short] = Field(None, example="gold")  # type: ignore[valid-type]
    contact: Optional[ContactIn] = Field(None, description="Where the invitation may be sent")


class TouchpointIn(Incoming):
    """A purchase, a visit or a call has happened."""

    event_id: Id = Field(..., example="crm-889", description="Your own id; sent again, nothing new happens")  # type: ignore
    touchpoint: Id = Field(..., example="delivery", description="Key of a touchpoint of the journey")  # type: ignore
    occurred_at: datetime = Field(..., example="2026-11-20T14:30:00+08:00", description="With an offset")
    customer: CustomerIn
    order_id: Optional[Id] = Field(None, example="HS100241")  # type: ignore[valid-type]
    staff_id: Optional[Id] = Field(None, example="S17")  # type: ignore[valid-type]
    store_id: Optional[Id] = Field(None, example="SH-02")  # type: ignore[valid-type]
    attributes: Dict[str, Any] = Field({}, description="Anything else that you want to filter by later; at most 16 KiB")

    _time = validator("occurred_at", pre=True, allow_reuse=True)(aware_time)

    @validator("attributes", pre=True)
    def _an_object(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("must be an object")
        return value

    @validator("attributes")
    def _not_too_large(cls, value: Dict[str, Any]) -> Dict[str, Any]:
        if len(json.dumps(value)) > MAX_ATTRIBUTES_BYTES:
            raise ValueError("is larger than 16 KiB")
        return value

    @root_validator(pre=True)
    def _null_is_absent(cls, values: Dict[str, Any]) -> Dict[str, Any]:
        return {key: value for key, value in values.items() if not (key == "attributes" and value is None)}
