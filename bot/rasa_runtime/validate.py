"""`rasa data validate` with our corrections: `python -m bot.rasa_runtime.validate`."""

import os
import sys
from pathlib import Path

from bot.rasa_runtime import corrections

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    corrections.apply()
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    )
    validator = Validator.from_importer(importer)
    # Not `verify_utterances`: the lines are said by core through their keys, which tests hold against domain.yml.
    passed = [
        validator.verify_domain_validity(),
        validator.verify_intents(ignore_warnings=False),
        validator.verify_intents_in_stories(ignore_warnings=False),
        validator.verify_example_repetition_in_intents(ignore_warnings=False),
        validator.verify_actions_in_stories_rules(),
        validator.verify_story_structure(ignore_warnings=False),
        validator.verify_slot_mappings() if hasattr(validator, "verify_slot_mappings") else True,
    ]
    print("rasa data: " + ("valid" if all(passed) else "NOT valid"))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
