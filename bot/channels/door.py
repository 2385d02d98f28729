"""The door: every message of every channel passes it on its way to Rasa.

Rasa's connectors all end in the one handler made by `rasa.core.channels.channel.register`; `install` wraps it. Here a
message is checked, recognised when it comes again, stored, and made harmless; the owner is asked; and the customer gets
an honest line when the action server does not answer.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels import channel as rasa_channel
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.core import records as r
from bot.core.ports import Ports
from bot.core.services import receiving

log = logging.getLogger(__name__)
Handler = Callable[[UserMessage], Awaitable[Any]]

KINDS = ("text", "image", "voice", "sticker", "file")
# Rasa takes a message that begins with "/" as a command: /restart, /intent{"slot": …}. The full-width slash reads the
# same to the language pipeline and means nothing to Rasa.
HARMLESS_SLASH = "／"


class Door:
    """Wraps Rasa's handler. SQL runs in a bounded pool, so that Rasa's only event loop never waits for a disk."""

    def __init__(self, ports: Ports, workers: int = 8):
        self._ports = ports
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="door")

    def wrap(self, handler: Handler) -> Handler:
        async def through_the_door(message: UserMessage) -> Any:
            return await self.let_in(message, handler)

        return through_the_door

    async def let_in(self, message: UserMessage, handler: Handler) -> None:
        """Lets one message through, or answers it at the door."""
        received = await self._run(self._receive, message)
        if received is None:
            return
        if not received.answer:
            return await _send(message.output_channel, message.sender_id, received.replies)
        message.text = harmless(received.message.text) or received.message.kind
        message.metadata = _context(received)
        await handler(message)
        if not _said(message.output_channel) and await self._run(self._unanswered, received.message.id):
            await self._apologise(message, received.message)

    async def _run(self, call: Callable, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *args)

    def _receive(self, message: UserMessage) -> Optional[receiving.Received]:
        given: Dict[str, Any] = message.metadata if isinstance(message.metadata, dict) else {}
        if given.get("stored_id"):
            return receiving.receive_again(self._ports, message.sender_id, str(given["stored_id"]))
        kind = given.get("kind", "text")
        return receiving.receive(
            self._ports,
            conversation_id=message.sender_id,
            channel=message.input_channel or "rest",
            text=message.text or "",
            # What we do not know is no typed text.
            kind=kind if kind in KINDS else "file",
            message_id=given.get("message_id"),
        )

    def _unanswered(self, message_id: str) -> bool:
        with self._ports.store.read() as tx:
            message = tx.message(message_id)
        return message is not None and message.handled_at is None

    async def _apologise(self, message: UserMessage, stored: r.Message) -> None:
        log.error("message %s was not handled: is the action server up? It is tried again", stored.id)
        said = await self._run(receiving.hold_on, self._ports, stored)
        await _send(message.output_channel, message.sender_id, said)


def _said(output: OutputChannel) -> bool:
    """Whether an answer went out, as far as the channel tells; if so, its message was handled."""
    return bool(getattr(output, "messages", None))


def harmless(text: str) -> str:
    """The text as Rasa may see it; the customer's own is in the store."""
    # Rasa strips what Python calls blank, and takes what is left for a command if it begins with a slash.
    stripped = text.strip()
    return HARMLESS_SLASH + stripped[1:] if stripped.startswith("/") else stripped


def _context(received: receiving.Received) -> Dict[str, Any]:
    """What the language pipeline and the action need; from the store, so a lost tracker loses nothing."""
    return {
        "message_id": received.message.id,
        "expecting": received.expecting,
        "hint": received.hint,
        "scale": received.scale,
        "kind": received.message.kind,
    }


async def _send(output: OutputChannel, recipient: str, messages: List[r.Message]) -> None:
    for message in messages:
        content: Dict[str, Any] = {"text": message.text}
        if message.buttons:
            content["buttons"] = [{"title": button.title, "payload": button.payload} for button in message.buttons]
        await output.send_response(recipient, content)


def install(door: Door) -> None:
    """Puts the door before the handler of every connector registered from now on."""
    register = rasa_channel.register

    def register_behind_the_door(input_channels: List[Any], app: Any, route: Optional[str]) -> None:
        register([_Behind(channel, door) for channel in input_channels], app, route)
        app.ctx.input_channels = input_channels

    rasa_channel.register = register_behind_the_door


class _Behind:
    """An input channel whose blueprint is given the wrapped handler; everything else is the channel's own."""

    def __init__(self, channel: Any, door: Door):
        self._channel, self._door = channel, door

    def blueprint(self, on_new_message: Handler) -> Any:
        return self._channel.blueprint(self._door.wrap(on_new_message))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)
