"""Hands a customer's message to Rasa."""

import logging

import anyio
import requests

from bot.core.errors import ServiceUnavailable

log = logging.getLogger(__name__)

CONNECT_SECONDS, ANSWER_SECONDS = 3.05, 30
AT_ONCE = 32


class Rasa:
    """The REST channel. What Rasa answers is not read: the answers of the bot are in the store.

    limiter: how many at once may wait for Rasa, in whatever way.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/webhooks/rest/webhook"
        self._session = requests.Session()
        self._session.trust_env = False  # Rasa is on our own machine or network, never behind a proxy
        adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=AT_ONCE)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self.limiter = anyio.CapacityLimiter(AT_ONCE)

    async def send(self, conversation_id: str, message_id: str, text: str) -> None:
        """Sends it; the same message_id twice is harmless. Raises ServiceUnavailable."""
        await anyio.to_thread.run_sync(self._post, conversation_id, message_id, text, limiter=self.limiter)

    def _post(self, conversation_id: str, message_id: str, text: str) -> None:
        message = {"sender": conversation_id, "message": text, "metadata": {"message_id": message_id}}
        try:
            answer = self._session.post(self._url, json=message, timeout=(CONNECT_SECONDS, ANSWER_SECONDS))
        except requests.RequestException as error:
            log.warning("Rasa does not answer: %s", error)
            raise ServiceUnavailable("The message was not taken. Please send it again.") from error
        if answer.status_code >= 400:
            log.warning("Rasa answered %s", answer.status_code)
            raise ServiceUnavailable("The message was not taken. Please send it again.")
