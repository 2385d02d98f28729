"""The models that `evaluation.candidates` compares: each is learnt in one process and read in another, both fresh.

`python -m evaluation.candidate_models learn NAME FOLDER SENTENCES` puts a model into an empty folder,
`python -m evaluation.candidate_models read NAME FOLDER` reads our own sentences with it on one core. Each prints one
line of JSON; where the model cannot be had here, `{"why": …}`.
"""

import asyncio
import contextlib
import json
import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import psutil

# Candidates import what they need when it is needed: what that costs belongs to them.
from evaluation.cost import MEBI, ROOT, WARM_UP
from evaluation.own_set import Sentence, all_sentences

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language

    from bot.language.encoder import Encoder

SEED = 11
LAYERS = 12  # of the encoder before teaching, where the note on the taught one names no number
TAUGHT = ROOT / "models" / "encoder"
# DIET's own 100 epochs take most of a minute each for 6000 sentences. After four it is right about nine of ten of them.
DIET_EPOCHS, TEXTCAT_EPOCHS, TEXTCAT_BATCH, TEXTCAT_DROPOUT = 4, 10, 64, 0.2
# `rasa init`'s pipeline for intents. Its tokenizer refuses "zh": a Chinese clause is one token to it, whose
# characters the second counting of n-grams reads.
DIET: Dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "candidate",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": DIET_EPOCHS, "entity_recognition": False, "random_seed": SEED},
    ],
}
Shares = Mapping[str, float]
Read = Callable[[Sentence], str]


class Example(NamedTuple):
    """form: the plain form of the text."""

    act: str
    form: str


@dataclass(frozen=True)
class Candidate:
    """open: gives what reads, with what `learn` put into a folder. learn: None where it was learnt beforehand."""

    title: str
    open: Callable[[Path], Read]
    learn: Optional[Callable[[Path, Sequence[Example]], None]] = None


def examples(root: Path, most: int) -> List[Example]:
    """The sentences that the shipped models learn from; where there are more, a random `most` of them."""
    from bot.language.opinions import opinions_below
    from bot.language.plain import plain
    from bot.language.training import EXAMPLES, examples_in

    pairs = [pair for name in EXAMPLES for pair in examples_in(root / name)]
    pairs += [(one.act, one.text) for one in opinions_below(root)]
    return [Example(act, plain(text)) for act, text in sampled(pairs, most)]


def sampled(pairs: Sequence[Tuple[str, str]], most: int) -> List[Tuple[str, str]]:
    """The same ones at every call."""
    return list(pairs) if most >= len(pairs) else random.Random(SEED).sample(list(pairs), most)


def likeliest(shares: Shares) -> str:
    """The act that a model says; `other` where it knows nothing of the text."""
    return max(shares, key=lambda act: shares[act]) if shares else "other"


def by_form(shares_of: Callable[[str], Shares]) -> Read:
    """Reads by the plain form alone, and does not know what was asked."""
    from bot.language.plain import plain

    return lambda sentence: likeliest(shares_of(plain(sentence.text)))


def learn_diet(folder: Path, learnt: Sequence[Example]) -> None:
    import tensorflow
    import yaml
    from rasa.model_training import train_nlu
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLWriter
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    # The same Adam in one operation: with 44 million weights the newer one takes half as long again for a step.
    tensorflow.keras.optimizers.Adam = tensorflow.keras.optimizers.legacy.Adam
    messages = [Message.build(one.form, one.act) for one in learnt]
    RasaYAMLWriter().dump(folder / "nlu.yml", TrainingData(messages))
    (folder / "config.yml").write_text(yaml.safe_dump(DIET, sort_keys=False), "utf-8")
    train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="diet")


def open_diet(folder: Path) -> Read:
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=str(folder / "diet.tar.gz"))
    loop = asyncio.new_event_loop()

    def shares_of(form: str) -> Shares:
        parsed = loop.run_until_complete(agent.parse_message(form))
        return {one["name"]: one["confidence"] for one in parsed["intent_ranking"]}

    return by_form(shares_of)


def learn_textcat(folder: Path, learnt: Sequence[Example]) -> None:
    from spacy.training import Example as Lesson
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(SEED)
    nlp = _textcat()
    acts = sorted({one.act for one in learnt})
    lessons = [
        Lesson.from_dict(nlp.make_doc(one.form), {"cats": {act: float(act == one.act) for act in acts}})
        for one in learnt
    ]  # fmt: skip
    optimizer = nlp.initialize(lambda: lessons)
    shuffled = random.Random(SEED)
    for _ in range(TEXTCAT_EPOCHS):
        shuffled.shuffle(lessons)
        for batch in minibatch(lessons, TEXTCAT_BATCH):
            nlp.update(batch, sgd=optimizer, drop=TEXTCAT_DROPOUT)
    nlp.to_disk(folder / "textcat", exclude=["tokenizer"])


def open_textcat(folder: Path) -> Read:
    nlp = _textcat().from_disk(folder / "textcat", exclude=["tokenizer"])
    return by_form(lambda form: nlp(form).cats)


def _textcat() -> "Language":
    """spaCy's default for processors: a small convolution network and a bag of words together."""
    import spacy

    from bot.language.tokenizer import MixedTokenizer

    nlp = spacy.blank("zh")
    nlp.tokenizer = MixedTokenizer(nlp.vocab)
    nlp.add_pipe("textcat")
    return nlp


def learn_grams(folder: Path, learnt: Sequence[Example]) -> None:
    """As the shipped one is trained, from a root that has nothing but these examples."""
    from bot.language.opinions import FOLDER
    from bot.language.training import EXAMPLES, TAGS, train

    root = folder / "root"
    opinions = root / FOLDER / "all" / "examples.tsv"
    for path in (opinions, *(root / name for name in (*EXAMPLES, TAGS))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("nlu: []\ntags: []\n", "utf-8")
    lines = [f"{one.form}\t{one.act}\t0\tnone\t\n" for one in learnt]
    opinions.write_text("".join(lines), "utf-8")
    train(root, folder)


def open_grams(folder: Path) -> Read:
    return by_form(_grams(folder))


def _grams(folder: Path) -> Callable[[str], Shares]:
    from bot.language.grams import Grams
    from bot.language.training import MODEL

    grams = Grams.load(folder / MODEL)
    return lambda form: grams.acts(grams.read(form))


def learn_untaught(folder: Path, learnt: Sequence[Example]) -> None:
    """The layers from which teaching begins, cut and in eight bits like the taught ones, and a regression on them."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    from teaching.base import WIDTH

    _write_untaught(folder)
    # A head that changes nothing gives the mean vector itself.
    _write_head(folder, np.eye(WIDTH), np.zeros(WIDTH), [str(at) for at in range(WIDTH)])
    encoder = _encoder(folder)
    vectors = np.stack([encoder.read(one.form).scores["act"] for one in learnt])
    even = StandardScaler().fit(vectors)
    model = LogisticRegression(max_iter=1000).fit(even.transform(vectors), [one.act for one in learnt])
    weights = (model.coef_ / even.scale_).T
    bias = model.intercept_ - even.mean_ @ weights
    _write_head(folder, weights, bias, [str(act) for act in model.classes_])


def _write_head(folder: Path, weights: "np.ndarray", bias: "np.ndarray", acts: List[str]) -> None:
    from teaching.export import write_heads, write_note

    labels = {"act": acts}
    write_heads(folder, {"act.w": weights.astype("float32"), "act.b": bias.astype("float32")}, labels)
    write_note(folder, {"labels": labels, "categories": {}})


def _write_untaught(folder: Path) -> None:
    from bot.language.encoder import PIECES
    from teaching.base import ENGLISH_FILE, Base, installed
    from teaching.export import write_graph
    from teaching.network import layers_of
    from teaching.vocabulary import kept_pieces, write_pieces

    base, layers = Base(installed()), note().get("layers", LAYERS)
    write_pieces(folder / PIECES, base, kept_pieces(base, Base(installed(ENGLISH_FILE))))
    write_graph(folder, layers_of(base, layers), layers)


def note() -> Dict[str, Any]:
    """What the taught encoder tells of itself; empty where there is none."""
    from bot.language.encoder import ABOUT

    path = TAUGHT / ABOUT
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def open_encoder(folder: Path) -> Read:
    return by_form(_impressions(folder))


def _impressions(folder: Path) -> Callable[[str], Shares]:
    from bot.language.shares import softmax

    encoder = _encoder(folder)

    def shares_of(form: str) -> Shares:
        return softmax(encoder.labels["act"], encoder.read(form).scores["act"])

    return shares_of


def _encoder(folder: Path) -> "Encoder":
    from bot.language.encoder import Encoder

    if not Encoder.is_in(folder):
        raise FileNotFoundError("There is no sentence encoder in models/encoder")
    return Encoder(folder)


def open_both(_: Path) -> Read:
    from bot.language.shares import blended
    from bot.language.training import ensure_trained

    by_grams, by_encoder = _grams(ensure_trained(ROOT)), _impressions(TAUGHT)
    return by_form(lambda form: blended(by_grams(form), by_encoder(form)))


def open_pipeline(_: Path) -> Read:
    from bot.definitions.loader import SHIPPED, load
    from bot.language.pipeline import Reader

    reader = Reader.open(ROOT, load(SHIPPED).tags)
    return lambda sentence: reader.understand(sentence.text, sentence.expecting).act


CANDIDATES: Mapping[str, Candidate] = {
    "diet": Candidate("Rasa's DIET, as it comes", open_diet, learn_diet),
    "textcat": Candidate("spaCy's textcat, as it comes", open_textcat, learn_textcat),
    "n-grams": Candidate("n-grams, linear", open_grams, learn_grams),
    "untaught": Candidate("encoder before teaching, regression", open_encoder, learn_untaught),
    "taught": Candidate("taught encoder", lambda _: open_encoder(TAUGHT)),
    "both": Candidate("taught encoder and n-grams", open_both),
    "pipeline": Candidate("whole pipeline with its rules", open_pipeline),
}


def learn(name: str, folder: Path, most: int) -> Dict[str, Any]:
    """sentences: from how many it learnt. training: seconds, of the wall clock."""
    to_learn = CANDIDATES[name].learn
    if to_learn is None:
        return {"sentences": note().get("sentences"), "training": None}
    learnt = examples(ROOT, most)
    began = time.monotonic()
    to_learn(folder, learnt)
    return {"sentences": len(learnt), "training": time.monotonic() - began}


def read(name: str, folder: Path) -> Dict[str, Any]:
    """found: the acts of our own sentences. ms: processor time a text. memory (MB), ready (s): of opening, and reading.

    What every candidate needs, the plain form, is there before; the libraries of a candidate are its own cost.
    """
    from bot.language.plain import plain

    if hasattr(os, "sched_setaffinity"):  # not on every system
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    own = all_sentences()
    plain("开")
    before, began = _memory(), time.monotonic()
    act_of = CANDIDATES[name].open(folder)
    ready = time.monotonic() - began
    for one in own[:WARM_UP]:
        act_of(one)
    processor = time.process_time()
    found = [act_of(one) for one in own]
    seconds = time.process_time() - processor
    return {"found": found, "ms": 1000 * seconds / len(own), "memory": _memory() - before, "ready": ready}


def _memory() -> float:
    return float(psutil.Process().memory_info().rss / MEBI)


def main(task: str, name: str, folder: str, most: str = "0") -> None:
    # Rasa writes to the standard output, too.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            told = learn(name, Path(folder), int(most)) if task == "learn" else read(name, Path(folder))
        except (ImportError, FileNotFoundError) as error:
            told = {"why": str(error)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
