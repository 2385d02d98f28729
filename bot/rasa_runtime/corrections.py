"""Corrections of Rasa's hot path. Each says why, and a test holds that the result is the same.

Rasa Open Source 3.6 is in maintenance mode: what is slow in it stays slow unless it is mended here. `apply` is called
once by each launcher, before anything of Rasa is used.
"""

import functools
import sys
import types
from typing import Any, Dict, List, Optional, Tuple

TRAINING_ONLY = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator", "RasaDataGenerator"),
}


def apply(serving: bool = False) -> None:
    """All corrections; `serving` also those that training must not have."""
    leave_tensorflow_out()
    if serving:
        leave_the_training_validator_out()
    load_only_needed_components()
    validate_action_results_quickly()
    send_actions_no_history()
    remember_event_types()
    remember_whether_a_domain_is_empty()
    keep_connections()
    if serving:
        run_graphs_directly()


def leave_tensorflow_out() -> None:
    """Two modules that only training a neural policy uses are imported by all policies, and import TensorFlow.

    They are replaced by empty ones of the same names: 0.35 GB less, and 2 s of the start.
    """
    for name, classes in TRAINING_ONLY.items():
        if name not in sys.modules:
            module = types.ModuleType(name, "Left out: only the training of neural policies uses it.")
            for one in classes:
                setattr(module, one, type(one, (), {}))
            sys.modules[name] = module


def leave_the_training_validator_out() -> None:
    """A model names the validator of its training; reading the name imports every classifier of Rasa, and TensorFlow.

    For serving only: training still validates.
    """
    name = "rasa.graph_components.validators.default_recipe_validator"
    if name not in sys.modules:
        from rasa.engine.graph import GraphComponent

        module = types.ModuleType(name, "Left out: only training validates.")
        module.DefaultV1RecipeValidator = type("DefaultV1RecipeValidator", (GraphComponent,), {})  # type: ignore
        sys.modules[name] = module


def load_only_needed_components() -> None:
    """Rasa's list of default components imports every one of them, with skops, transformers and all they bring.

    Ours needs RulePolicy; our own component is found by its path. A `config.yml` that names another built-in component
    is refused by Rasa with its usual message; add it here then.
    """
    name = "rasa.engine.recipes.default_components"
    if name in sys.modules:
        return
    module = types.ModuleType(name, "Only the components that config.yml names.")
    from rasa.core.policies.rule_policy import RulePolicy

    module.DEFAULT_COMPONENTS = [RulePolicy]  # type: ignore[attr-defined]
    sys.modules[name] = module


def validate_action_results_quickly() -> None:
    """`jsonschema.validate` checks the schema itself anew on each call: 60 to 75 ms an action (RasaHQ/rasa 11717).

    What our own actions answer, slots and what follows, needs no schema: that is another 0.8 ms.
    """
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(self: RemoteAction, result: Dict[str, Any]) -> bool:
        if _plainly_valid(result):
            return True
        error = best_match(validator.iter_errors(result))
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = validate  # type: ignore[method-assign]


def _plainly_valid(result: Any) -> bool:
    if type(result) is not dict or not all(type(one) is dict for one in result.get("responses", ())):
        return False
    events = result.get("events")
    return type(events) is list and all(
        type(one) is dict
        and (one.get("event") == "followup" or (one.get("event") == "slot" and "value" in one))
        and type(one.get("name")) is str
        and one.get("timestamp") is None
        and one.get("metadata") is None
        for one in events
    )


def send_actions_no_history() -> None:
    """Each action is sent all events that the tracker keeps; ours read the last message and the slots alone.

    Written out, sent and read, two dozen events cost more than a millisecond a turn.
    """
    from rasa.core.actions import action
    from rasa.shared.core import trackers

    in_full = action.RemoteAction._action_call_format

    class Without(trackers.DialogueStateTracker):
        """The same tracker, as it is shown without its events."""

        def current_state(self, event_verbosity: Any = None) -> Dict[str, Any]:
            return {**super().current_state(trackers.EventVerbosity.NONE), "events": []}

    def call_format(self: action.RemoteAction, tracker: trackers.DialogueStateTracker, domain: Any) -> Dict[str, Any]:
        shown = object.__new__(Without)
        shown.__dict__ = tracker.__dict__
        return in_full(self, shown, domain)

    action.RemoteAction._action_call_format = call_format  # type: ignore[method-assign]


def remember_event_types() -> None:
    """`Event.resolve_by_type` walks all subclasses for each event that is read back."""
    from rasa.shared.core.events import Event

    Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=256)(Event.resolve_by_type))  # type: ignore


def remember_whether_a_domain_is_empty() -> None:
    """Asked for each message, to warn of intents the domain does not know; answered by writing two domains out."""
    from rasa.shared.core.domain import Domain

    asked = Domain.is_empty

    def is_empty(self: Domain) -> bool:
        if "_is_empty" not in self.__dict__:
            self.__dict__["_is_empty"] = asked(self)
        return bool(self.__dict__["_is_empty"])

    Domain.is_empty = is_empty  # type: ignore[method-assign]


def keep_connections() -> None:
    """Rasa opens a new connection for each action; this keeps them (the action server keeps its side for longer)."""
    from rasa.utils.endpoints import EndpointConfig

    open_session = EndpointConfig.session

    def session(self: EndpointConfig) -> "_Kept":
        kept = getattr(self, "_kept_session", None)
        if kept is None or kept.closed:
            kept = self._kept_session = open_session(self)  # type: ignore[attr-defined]
        return _Kept(kept)

    EndpointConfig.session = session  # type: ignore[method-assign, assignment]


def run_graphs_directly() -> None:
    """Each prediction builds a graph for dask and has it scheduled anew: about a third of the time of its three runs.

    The nodes of our graphs stand in one fixed order; they are called in it, with the same inputs and outputs.
    """
    from rasa.engine.runner.dask import DaskGraphRunner

    def run(
        self: DaskGraphRunner, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None
    ) -> Dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        orders = self.__dict__.setdefault("_orders", {})
        if wanted not in orders:
            orders[wanted] = _in_order(self._graph_schema.minimal_graph_schema(list(wanted)))
        results: Dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in orders[wanted]:
            # As dask does: what cannot be looked up is handed on by its name.
            results[name] = self._instantiated_nodes[name](*(results.get(need, need) for need in needs))
        return dict(results[name] for name in wanted)

    DaskGraphRunner.run = run  # type: ignore[method-assign]


def _in_order(schema: Any) -> List[Tuple[str, Tuple[str, ...]]]:
    """The nodes with what they need, each after all that it needs."""
    order: Dict[str, Tuple[str, ...]] = {}

    def visit(name: str) -> None:
        if name in schema.nodes and name not in order:
            needs = tuple(schema.nodes[name].needs.values())
            for need in needs:
                visit(need)
            order[name] = needs

    for name in schema.nodes:
        visit(name)
    return list(order.items())


class _Kept:
    """Hands out a session and leaves it open."""

    def __init__(self, session: Any):
        self._session = session

    async def __aenter__(self) -> Any:
        return self._session

    async def __aexit__(self, *_: Any) -> None:
        return None


NAMES: List[str] = [
    "leave_tensorflow_out",
    "load_only_needed_components",
    "validate_action_results_quickly",
    "send_actions_no_history",
    "remember_event_types",
    "remember_whether_a_domain_is_empty",
    "keep_connections",
]
