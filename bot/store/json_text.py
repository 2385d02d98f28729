"""JSON as it is stored: short, and Chinese as it is written."""

import json
from typing import Any


def dumps(value: Any) -> str:
    """`value` as JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
