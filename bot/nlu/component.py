"""The one language pipeline as a component of Rasa's graph. Thin: it runs the pipeline once and hands its result on."""

from typing import Any, Callable, ClassVar, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.pipeline import Reader

UNDERSTANDING = "understanding"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class UnderstandingComponent(GraphComponent):
    """Sets intent (the act), entities, and the whole as `understanding`, which actions read from the tracker.

    `reader` is given by the launcher, which knows the artefact and the active definitions. Nothing of it is in Rasa's
    model; the model's file name carries the artefact's hash, so that a mismatch stops the start.
    """

    reader: ClassVar[Optional[Callable[[], Reader]]] = None

    def __init__(self, config: Dict[str, Any]):
        self._config = config

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "UnderstandingComponent":
        return cls(config)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"artefact": None}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The pipeline is trained before Rasa's model, not by it."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        asked = message.get("metadata") or {}
        read = self._reader().understand(
            message.get(TEXT) or "",
            expecting=asked.get("expecting"),
            hint=asked.get("hint"),
            scale=asked.get("scale"),
        )
        message.set(INTENT, {"name": read.act, "confidence": 1.0}, add_to_output=True)
        entities = [{"entity": name, "value": value} for name, value in read.entities.items()]
        message.set(ENTITIES, entities, add_to_output=True)
        message.set(UNDERSTANDING, read.in_full(), add_to_output=True)

    @classmethod
    def _reader(cls) -> Reader:
        if cls.reader is None:
            raise RuntimeError(
                "the language pipeline was not given: start Rasa with `python -m bot.rasa_runtime.server`"
            )
        return cls.reader()
