"""The shape of a golden conversation, and how one is played against the running servers."""

import uuid
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional

import requests
import yaml
from pydantic import BaseModel, Extra

TIMEOUT = 90


class Strict(BaseModel):
    class Config:
        extra = Extra.forbid


class Step(Strict):
    """say: what the customer writes; {order} and {foreign_order} are filled in. kind: image, voice, sticker, file.

    sees: each is part of something the bot said to it; not_sees: none is. asks: the open question afterwards.
    buttons: the titles of the last message's buttons.
    """

    say: str = ""
    kind: str = "text"
    sees: List[str] = []
    not_sees: List[str] = []
    asks: Optional[Dict[str, Any]] = None
    asks_nothing: bool = False
    buttons: Optional[List[str]] = None


class Journey(Strict):
    """One golden conversation. touchpoint None: the customer comes by themselves.

    order: made in the demo order system for this customer and named in the touchpoint event unless `unnamed`.
    response / case: what is stored in the end (only the given keys are compared; answers as question → score or text).
    remedies: what the order system really carried out on the order.
    """

    name: str
    touchpoint: Optional[str] = "delivery"
    locale: str = "zh-CN"
    customer: Dict[str, Any] = {}
    order: Optional[Dict[str, Any]] = None
    unnamed: bool = False
    turns: List[Step]
    response: Optional[Dict[str, Any]] = None
    case: Optional[Dict[str, Any]] = None
    no_case: bool = False
    no_response: bool = False
    remedies: Optional[List[Dict[str, Any]]] = None


def load(folder: Path) -> List[Journey]:
    """Every journey of the folder's YAML files."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        found += [Journey(**one) for one in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found


class Player:
    """Plays journeys against running servers over HTTP."""

    def __init__(self, rasa: str, web: str, orders: str, key: str):
        self._rasa, self._web, self._orders = rasa, web, orders
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"

    def play(self, journey: Journey) -> None:
        """Raises AssertionError that tells the whole conversation so far."""
        customer = f"J{uuid.uuid4().hex[:10]}"
        names = self._orders_for(journey, customer)
        conversation = self.invite(journey, customer, names) if journey.touchpoint else uuid.uuid4().hex
        heard: List[str] = []
        for step in journey.turns:
            said = self.say(conversation, step.say.format(**names), step.kind)
            heard.append(f"> {step.say or step.kind}")
            heard += [f"  {message['text']} {[b['title'] for b in message.get('buttons', [])]}" for message in said]
            self._check_step(journey, step, said, conversation, heard)
        self._check_stored(journey, conversation, names, heard)

    def invite(self, journey: Journey, customer: str, names: Dict[str, str]) -> str:
        """The id of a new conversation."""
        return self.invitation(journey, customer, names)["conversation_id"]

    def invitation(self, journey: Journey, customer: str, names: Dict[str, str]) -> Dict[str, Any]:
        """What the API answers to a touchpoint event."""
        body: Dict[str, Any] = {
            "event_id": uuid.uuid4().hex,
            "touchpoint": journey.touchpoint,
            "occurred_at": datetime.now(timezone.utc).isoformat(),
            "customer": {"id": customer, "locale": journey.locale, **journey.customer},
        }
        if "order" in names and not journey.unnamed:
            body["order_id"] = names["order"]
        return self.api("POST", "/touchpoints", json=body)

    def say(self, conversation: str, text: str, kind: str = "text", message_id: Optional[str] = None) -> List[dict]:
        metadata = {"kind": kind, **({"message_id": message_id} if message_id else {})}
        body = {"sender": conversation, "message": text, "metadata": metadata}
        answer = self.session.post(f"{self._rasa}/webhooks/rest/webhook", json=body, timeout=TIMEOUT)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.json()

    def api(self, method: str, path: str, **options: Any) -> Any:
        answer = self.session.request(method, f"{self._web}/api/v1{path}", timeout=TIMEOUT, **options)
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text)
        return answer.json()

    def order(self, customer: str, **values: Any) -> str:
        """A fresh order of this customer; its id."""
        order_id = f"HS{uuid.uuid4().int % 900000 + 100000}"
        body = {"customer_id": customer, "amount": 899, "currency": "CNY", "order_id": order_id, **values}
        body.setdefault("items", [{"name": "Table", "price": body["amount"]}])
        answer = requests.post(f"{self._orders}/orders", json=body, timeout=TIMEOUT)
        assert answer.status_code == 201, answer.text
        return order_id

    def carried_out(self, order_id: str) -> List[dict]:
        return requests.get(f"{self._orders}/orders/{order_id}/remedies", timeout=TIMEOUT).json()

    def fault(self, mode: str, **options: Any) -> None:
        requests.put(f"{self._orders}/faults", json={"mode": mode, **options}, timeout=TIMEOUT).raise_for_status()

    def _orders_for(self, journey: Journey, customer: str) -> Dict[str, str]:
        if journey.order is None:
            return {}
        foreign = self.order(f"F{uuid.uuid4().hex[:8]}")
        return {"order": self.order(customer, **journey.order), "foreign_order": foreign}

    def _check_step(self, journey: Journey, step: Step, said: List[dict], conversation: str, heard: List[str]) -> None:
        story = f"{journey.name}\n" + "\n".join(heard)
        texts = "\n".join(message["text"] for message in said)
        for part in step.sees:
            assert part in texts, f"not said: {part!r}\n{story}"
        for part in step.not_sees:
            assert part not in texts, f"said: {part!r}\n{story}"
        if step.buttons is not None:
            assert [button["title"] for button in said[-1].get("buttons", [])] == step.buttons, story
        if step.asks is not None or step.asks_nothing:
            asked = self.api("GET", f"/conversations/{conversation}")["open_question"]
            assert (asked is None) == step.asks_nothing, f"open question: {asked}\n{story}"
            for key, value in (step.asks or {}).items():
                assert asked.get(key) == value, f"open question: {asked}, expected {step.asks}\n{story}"

    def _check_stored(self, journey: Journey, conversation: str, names: Dict[str, str], heard: List[str]) -> None:
        story = f"{journey.name}\n" + "\n".join(heard)
        responses = self.api("GET", f"/responses?conversation={conversation}")["items"]
        cases = self.api("GET", f"/cases?conversation={conversation}")["items"]
        if journey.no_response:
            assert responses == [], story
        if journey.response is not None:
            assert len(responses) == 1, f"{len(responses)} responses\n{story}"
            compare("response", responses[0], journey.response, story)
        if journey.no_case:
            assert cases == [], f"{cases}\n{story}"
        if journey.case is not None:
            assert len(cases) == 1, f"{len(cases)} cases\n{story}"
            compare("case", cases[0], journey.case, story)
        if journey.remedies is not None:
            done = [{"kind": one["kind"], "amount": one["amount"]} for one in self.carried_out(names["order"])]
            assert done == [{"amount": None, **one} for one in journey.remedies], f"{done}\n{story}"


def compare(what: str, stored: Dict[str, Any], expected: Dict[str, Any], story: str) -> None:
    """Only what is expected is compared: answers by question, tags by key (each must be among those stored)."""
    for key, value in expected.items():
        if key == "answers":
            given = {
                one["question"]: one["text"] if one["score"] is None else one["score"] for one in stored["answers"]
            }
            found: Any = {question: given.get(question) for question in value}
        elif key == "tags":
            found = [tag for tag in value if tag in {one["tag"] for one in stored["tags"]}]
        elif isinstance(value, dict) and isinstance(stored.get(key), dict):
            found = {inner: stored[key].get(inner) for inner in value}
        else:
            found = stored.get(key)
        assert found == value, f"{what}.{key} is {found!r}, expected {value!r}\n{story}\n{stored}"
