"""Each correction of Rasa's hot path gives what Rasa's own implementation gives."""

import asyncio
import json

import pytest
from aiohttp import web
from jsonschema.exceptions import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from bot.rasa_runtime import corrections

ROUND = {"event": "slot", "name": "language", "value": "en"}
NEXT = {"event": "followup", "name": "action_listen"}
RESULTS = [
    {"events": [], "responses": []},
    {"events": [ROUND], "responses": [{"text": "hi", "buttons": [{"title": "5", "payload": "5"}]}]},
    {"events": [ROUND]},
    {"events": [{**NEXT, "timestamp": None}, ROUND], "responses": [{"text": "hi"}]},
    {"events": [{**NEXT, "name": None}]},
    {"events": [{"event": "followup"}]},
    {"events": [{**NEXT, "event": "no such"}]},
    {"events": [{**ROUND, "timestamp": None}, {**ROUND, "value": None}], "responses": []},
    {"events": [{**ROUND, "timestamp": 1.5}]},
    {"events": [{**ROUND, "timestamp": "now"}]},
    {"events": [{**ROUND, "metadata": 7}]},
    {"events": [{**ROUND, "name": 7}]},
    {"events": [ROUND], "responses": [5]},
    {"events": [ROUND], "responses": {"text": "hi"}},
    {"events": [{"event": "restart"}, ROUND]},
    {"responses": [{"text": "hi"}]},
    {},
    {"events": [{"event": "slot"}]},
    {"events": [{"name": "language"}]},
    {"events": [ROUND, {}], "responses": []},
    {"events": {"event": "slot"}},
    {"events": "slot"},
    {"events": None},
    {"events": [5]},
    {"events": [{"event": 5}]},
    {"events": [{"event": None}], "responses": [7]},
    {"responses": "hi"},
    {"responses": [5]},
    {"responses": {}},
    {"unknown": 1},
    [],
    [ROUND],
    None,
    "text",
    5,
]


@pytest.fixture
def action():
    return RemoteAction("action_rate", EndpointConfig("http://127.0.0.1:1"))


def verdict(validate, action, result):
    """What a validation says: the words, the place and the rule of its error, or True."""
    try:
        return validate(action, result)
    except ValidationError as error:
        return error.message, list(error.absolute_path), error.validator, error.validator_value, error.instance


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: json.dumps(result)[:40])
def test_an_action_result_is_judged_as_by_rasa_itself(monkeypatch, action, result):
    rasas_own = RemoteAction._validate_action_result
    monkeypatch.setattr(RemoteAction, "_validate_action_result", rasas_own)
    corrections.validate_action_results_quickly()
    assert RemoteAction._validate_action_result is not rasas_own
    expected, found = verdict(rasas_own, action, result), verdict(RemoteAction._validate_action_result, action, result)
    if expected is True:
        assert found is True
        return
    assert found[1:] == expected[1:]
    assert expected[0].startswith(found[0]), "the same words, without Rasa's advice behind them"


def test_both_verdicts_occur_among_the_results(action):
    verdicts = [verdict(RemoteAction._validate_action_result, action, result) is True for result in RESULTS]
    assert 3 <= sum(verdicts) <= len(RESULTS) - 3


def test_an_action_is_sent_all_but_the_events(monkeypatch, action):
    domain = Domain.from_dict({"intents": ["rate"], "slots": {"language": {"type": "any", "mappings": []}}})
    told = [ActionExecuted("action_listen"), UserUttered("4", {"name": "rate"}, metadata={"message_id": "m"})]
    tracker = DialogueStateTracker.from_events("somebody", [*told, SlotSet("language", "en")], domain.slots)
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")
    monkeypatch.setattr(RemoteAction, "_action_call_format", RemoteAction._action_call_format)
    before = RemoteAction._action_call_format(action, tracker, domain)
    corrections.send_actions_no_history()
    after = RemoteAction._action_call_format(action, tracker, domain)
    assert len(before["tracker"].pop("events")) == 3 and after["tracker"].pop("events") == []
    assert after == before
    assert after["tracker"]["latest_message"]["metadata"] == {"message_id": "m"}
    assert after["tracker"]["slots"]["language"] == "en" and len(tracker.events) == 3


@pytest.fixture
def remembered(monkeypatch):
    rasas_own = Event.resolve_by_type
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(rasas_own))
    corrections.remember_event_types()
    return rasas_own


def test_every_event_type_is_resolved_to_the_same_class(remembered):
    names = {cls.type_name for cls in all_subclasses(Event)}
    assert {"user", "bot", "action", "slot", "session_started"} <= names
    for _ in range(2):
        for name in names:
            assert Event.resolve_by_type(name) is remembered(name)
            assert Event.resolve_by_type(name, Event) is remembered(name, Event)


def test_what_is_no_event_type_is_told_as_before_each_time(remembered):
    for _ in range(2):
        assert Event.resolve_by_type("topic") is None is remembered("topic")
        assert Event.resolve_by_type("nonsense", Event) is Event is remembered("nonsense", Event)
        with pytest.raises(ValueError, match="Unknown event name 'nonsense'"):
            Event.resolve_by_type("nonsense")


def test_whether_a_domain_is_empty_is_told_as_before_each_time(monkeypatch):
    monkeypatch.setattr(Domain, "is_empty", Domain.is_empty)
    corrections.remember_whether_a_domain_is_empty()
    empty, filled = Domain.empty(), Domain.from_dict({"intents": ["rate"]})
    for _ in range(2):
        assert empty.is_empty() and not filled.is_empty()


class Server:
    """Answers, and counts the connections it was reached on."""

    def __init__(self):
        self.connections, self.seen = set(), []

    async def answer(self, request):
        self.connections.add(id(request.transport))
        self._keep = [*getattr(self, "_keep", []), request.transport]  # ids stay unique while they live
        self.seen.append((await request.json(), dict(request.headers), dict(request.query)))
        if request.path == "/fail":
            return web.json_response({"error": "no"}, status=400)
        return web.json_response({"number": len(self.seen)})

    async def start(self):
        app = web.Application()
        app.router.add_post("/webhook", self.answer)
        app.router.add_post("/fail", self.answer)
        self.runner = web.AppRunner(app, handle_signals=False)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0, shutdown_timeout=0.1)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/webhook"
        return self

    async def close_connections(self):
        for transport in self._keep:
            transport.close()
        await asyncio.sleep(0.05)


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(EndpointConfig, "session", EndpointConfig.session)
    corrections.keep_connections()


def with_server(use):
    async def run():
        server = await Server().start()
        try:
            return await use(server)
        finally:
            await server.runner.cleanup()

    return asyncio.run(run())


async def three_times(server):
    endpoint = EndpointConfig(server.url, params={"a": "1"}, headers={"X-Own": "x"}, token="t")
    answers = [await endpoint.request(json={"turn": number}) for number in range(3)]
    wanted = [
        (body, {key: headers[key] for key in ("X-Own", "Content-Type")}, query) for body, headers, query in server.seen
    ]
    kept_session = getattr(endpoint, "_kept_session", None)
    if kept_session is not None:
        await kept_session.close()
    return answers, wanted, len(server.connections)


def test_without_the_correction_rasa_connects_anew_for_each_action():
    assert with_server(three_times)[2] == 3


def test_one_connection_is_kept_and_the_same_is_sent_and_received(request):
    before = with_server(three_times)
    request.getfixturevalue("kept")
    after = with_server(three_times)
    assert after[:2] == before[:2] and after[2] == 1


def test_a_connection_that_the_server_closed_is_opened_again(kept):
    async def use(server):
        endpoint = EndpointConfig(server.url)
        first = await endpoint.request(json={})
        await server.close_connections()
        second = await endpoint.request(json={})
        await endpoint._kept_session.close()
        return first, second

    assert with_server(use) == ({"number": 1}, {"number": 2})


def test_a_session_that_was_closed_is_made_anew(kept):
    async def use(server):
        endpoint = EndpointConfig(server.url)
        await endpoint.request(json={})
        await endpoint._kept_session.close()
        answer = await endpoint.request(json={})
        await endpoint._kept_session.close()
        return answer

    assert with_server(use) == {"number": 2}


def test_an_error_of_the_action_server_is_rasas_error_and_leaves_the_connection_usable(kept):
    from rasa.utils.endpoints import ClientResponseError

    async def use(server):
        endpoint = EndpointConfig(server.url.replace("/webhook", ""))
        with pytest.raises(ClientResponseError) as error:
            await endpoint.request(subpath="fail", json={})
        answer = await endpoint.request(subpath="webhook", json={})
        await endpoint._kept_session.close()
        return error.value.status, answer, len(server.connections)

    assert with_server(use) == (400, {"number": 2}, 1)


def test_two_endpoints_never_share_a_session(kept):
    async def use(server):
        endpoints = [EndpointConfig(server.url), EndpointConfig(server.url)]
        for endpoint in endpoints:
            await endpoint.request(json={})
        different = endpoints[0]._kept_session is not endpoints[1]._kept_session
        for endpoint in endpoints:
            await endpoint._kept_session.close()
        return different

    assert with_server(use)


def test_every_correction_that_is_listed_is_there_and_all_are_applied(monkeypatch):
    applied = []
    for name in corrections.NAMES:
        monkeypatch.setattr(corrections, name, lambda name=name: applied.append(name))
    corrections.apply()
    assert applied == corrections.NAMES


@pytest.fixture
def graph_runner():
    """A runner over a small graph: two inputs, a shared parent, an input that nobody gives."""
    from rasa.engine.graph import GraphSchema, SchemaNode
    from rasa.engine.runner.dask import DaskGraphRunner

    calls = []

    def node(name):
        def run(*inputs):
            calls.append(name)
            return name, (name, sorted(map(str, inputs)))

        return run

    needs = {"last": {"a": "left", "b": "right"}, "left": {"a": "first"}, "right": {"a": "first", "b": "tracker"}}
    needs |= {"first": {"a": "message", "b": "nowhere"}, "unused": {"a": "first"}}
    nodes = {
        name: SchemaNode(needs=wants, uses=object, constructor_name="", fn="", config={})
        for name, wants in needs.items()
    }
    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema, runner._execution_context = GraphSchema(nodes), None
    runner._instantiated_nodes = {name: node(name) for name in nodes}
    return runner, calls


def test_graphs_run_directly_give_what_dask_gives(graph_runner, monkeypatch):
    from rasa.engine.runner.dask import DaskGraphRunner

    runner, calls = graph_runner
    inputs = {"message": ["hello"], "tracker": 5}
    monkeypatch.setattr(DaskGraphRunner, "run", DaskGraphRunner.run)
    by_dask = [runner.run(inputs, targets) for targets in (["last"], ["left", "first"], ["first"])]
    called_by_dask = sorted(calls)
    calls.clear()
    corrections.run_graphs_directly()
    directly = [runner.run(inputs, targets) for targets in (["last"], ["left", "first"], ["first"])]
    assert directly == by_dask
    assert sorted(calls) == called_by_dask, "no node is called that dask would not call, and none twice"
    assert runner.run(inputs, ["last"]) == by_dask[0], "and the same again from the remembered order"
