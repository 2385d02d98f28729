"""Handing a stored message to Rasa again: what nobody answered is dealt with afterwards."""

import requests

from bot.core import records as r
from bot.core.errors import ServiceUnavailable

# An action may wait for the order system twice; the reply itself is read from the store.
TIMEOUT = (2.0, 60.0)


def deliver_again(rasa_url: str, message: r.Message) -> None:
    """Posts it with our own message id; the door knows it and asks for its answer only. Raises ServiceUnavailable."""
    body = {
        "sender": message.conversation_id,
        "message": message.text or message.kind,
        "metadata": {"stored_id": message.id},
    }
    try:
        answer = requests.post(f"{rasa_url}/webhooks/rest/webhook", json=body, timeout=TIMEOUT)
    except requests.RequestException as error:
        raise ServiceUnavailable(f"Rasa: {type(error).__name__}") from error
    if answer.status_code >= 500:
        raise ServiceUnavailable(f"Rasa answered {answer.status_code}")
