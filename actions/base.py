"""What all actions share: from Rasa's tracker to core, and back to Rasa's dispatcher."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, ClassVar, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.core.ports import Ports
from bot.core.services.dialogue import VERBS, reply
from bot.core.types import Understanding

# Each waits for SQL and at most twice for the order system; 32 slow ones at once still leave everybody else a thread.
_POOL = ThreadPoolExecutor(40, thread_name_prefix="turn")


class ActAction(Action):
    """The action for one act. It only translates: what is done is decided in core, and what is said is stored there."""

    act: ClassVar[str] = ""
    ports: ClassVar[Optional[Callable[[], Ports]]] = None

    def name(self) -> str:
        return f"action_{self.act}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> List[EventType]:
        latest: Dict[str, Any] = tracker.latest_message
        message_id = latest["metadata"]["message_id"]
        understanding = Understanding.from_json(latest["understanding"])
        # requests and SQL block; the action server has one event loop for everybody.
        said = await asyncio.get_running_loop().run_in_executor(
            _POOL, reply, self._ports(), message_id, understanding, VERBS[self.act]
        )
        for message in said:
            buttons = [{"title": button.title, "payload": button.payload} for button in message.buttons]
            dispatcher.utter_message(text=message.text, buttons=buttons)
        # Listening is all that can follow; said here, it spares Rasa a prediction.
        events: List[EventType] = [FollowupAction("action_listen")]
        if tracker.get_slot("language") != understanding.language:
            events.append(SlotSet("language", understanding.language))
        return events

    @classmethod
    def _ports(cls) -> Ports:
        if ActAction.ports is None:
            raise RuntimeError("actions have no ports: start them with `python -m bot.rasa_runtime.action_server`")
        return ActAction.ports()
