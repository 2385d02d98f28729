"""The one spaCy `Language` that reads a message: script, tokens, score, entities, tags, sentiment, severity, act.

Thinc, below spaCy, imports TensorFlow when it is installed, only to offer a wrapper that nothing here uses. That costs
2.3 s and 360 MB at start, so it is kept from seeing TensorFlow while spaCy is imported. Rasa, which needs TensorFlow,
imports it undisturbed before or after.
"""

import sys


def _import_spacy() -> None:
    if "thinc" in sys.modules or "tensorflow" in sys.modules:
        import spacy

        return
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["tensorflow"]


_import_spacy()
