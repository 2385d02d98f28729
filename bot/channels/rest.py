"""The plain way in for programs on loopback: Rasa's REST channel, strict about what it takes."""

import logging
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

log = logging.getLogger(__name__)

BODY_BYTES = 256 * 1024
SENDER_CHARACTERS = 128


class BadRequest(Exception):
    """What the caller sent cannot be meant; `field` names it."""

    def __init__(self, message: str, field: str, status: int = 400):
        super().__init__(message)
        self.field, self.status = field, status


class RestChannel(RestInput):
    """`POST /webhooks/rest/webhook` `{"sender", "message", "metadata"?}`, as in Rasa, but nothing is guessed."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("rest_webhook", __name__)

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                message = read(request)
            except BadRequest as error:
                body = {"code": "bad_request", "message": str(error), "field": error.field}
                return response.json({"error": body}, status=error.status)
            try:
                await on_new_message(message)
            except Exception:
                # The text stays out of the log: it is the customer's.
                log.exception("message of conversation %s failed", message.sender_id)
                body = {"code": "unavailable", "message": "not taken, please send it again"}
                return response.json({"error": body}, status=503)
            return response.json(message.output_channel.messages)

        return webhook


def read(request: Request) -> UserMessage:
    """The message in a request. Raises BadRequest."""
    if len(request.body) > BODY_BYTES:
        raise BadRequest(f"the body is larger than {BODY_BYTES} bytes", "body", 413)
    try:
        body = request.json
    except SanicException as error:
        raise BadRequest("the body is not JSON", "body") from error
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object", "body")
    return UserMessage(
        text=_message(body),
        output_channel=CollectingOutputChannel(),
        sender_id=_sender(body),
        input_channel="rest",
        metadata=_metadata(body),
    )


def _sender(body: Dict[str, Any]) -> str:
    sender = body.get("sender")
    if not isinstance(sender, str) or not sender.strip() or len(sender) > SENDER_CHARACTERS or not sender.isprintable():
        raise BadRequest(f"sender must be a text of 1 to {SENDER_CHARACTERS} printable characters", "sender")
    return sender.strip()


def _message(body: Dict[str, Any]) -> str:
    message = body.get("message")
    has_other_kind = isinstance(body.get("metadata"), dict) and body["metadata"].get("kind", "text") != "text"
    if message is None and has_other_kind:
        return ""
    # A database text holds neither NUL nor half a character; both come from programs, never from a keyboard.
    text = message.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") if isinstance(message, str) else None
    if text is None or not (text.strip() or has_other_kind):
        raise BadRequest("message must be a text that is not empty", "message")
    return text


def _metadata(body: Dict[str, Any]) -> Optional[Dict[str, Any]]:
    metadata = body.get("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise BadRequest("metadata must be an object", "metadata")
    message_id = metadata.get("message_id")
    if message_id is not None and not (
        isinstance(message_id, str) and 1 <= len(message_id) <= 128 and message_id.isprintable()
    ):
        raise BadRequest("metadata.message_id must be 1 to 128 printable characters", "metadata.message_id")
    return metadata
