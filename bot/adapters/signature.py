"""Signs what is sent to a program, as the Standard Webhooks specification says.

A receiver knows by the signature who sends and that nothing was changed, by the timestamp that it is no old one, and by
`webhook-id`, which stays the same when a notice is sent again, that it has it already.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import Dict

PREFIX = "whsec_"


def headers(key: bytes, id: str, at: datetime, body: bytes) -> Dict[str, str]:
    """The three headers for `body`, sent at `at`."""
    # The parts of what is signed are told apart by dots: the id has none.
    webhook_id = re.sub(r"[^A-Za-z0-9:+_-]", "-", id)
    timestamp = str(int(at.timestamp()))
    digest = hmac.new(key, f"{webhook_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": webhook_id, "webhook-timestamp": timestamp, "webhook-signature": signature}


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """The bytes of a secret in the specification's writing: `whsec_` and the base64 of 24 to 64 bytes.

    Raises ValueError for any other.
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not (secret.startswith(PREFIX) and 24 <= len(key) <= 64):
        raise ValueError(f"not {PREFIX} and the base64 of 24 to 64 bytes")
    return key
