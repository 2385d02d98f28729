"""Marks the words that tags rest on."""

from typing import Dict, List, Mapping, Sequence, Tuple

Piece = Tuple[str, Tuple[str, ...]]  # words, and the tags that rest on them (none: plain text)


def marked(text: str, tags: Sequence[Mapping[str, str]]) -> List[Piece]:
    """The text in pieces, each with the tags that rest on it. Evidence in parts is joined by "…"."""
    resting: Dict[int, List[str]] = {}
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds to two: positions would not be the text's
        folded = text
    for tag in tags:
        for words in (tag["evidence"] or "").split("…"):
            words = words.strip()
            at = folded.find(words.casefold()) if words else -1
            if at >= 0:
                for place in range(at, at + len(words)):
                    resting.setdefault(place, []).append(tag["tag"])
    pieces: List[Tuple[str, Tuple[str, ...]]] = []
    for place, letter in enumerate(text):
        on = tuple(dict.fromkeys(resting.get(place, ())))
        if pieces and pieces[-1][1] == on:
            pieces[-1] = (pieces[-1][0] + letter, on)
        else:
            pieces.append((letter, on))
    return pieces
