"""Tokens for Chinese, English and both mixed: a word, a number, a Chinese character or a sign each.

Nothing here needs Chinese words: rules match characters, the encoder has pieces of its own. A dictionary of them would
take 70 MB.
"""

import re
from typing import List, Tuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.language.plain import plain

for _name in ("plain", "expecting", "hint", "scale"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)

MOST_STRINGS = 200_000  # a vocabulary keeps each word ever seen; beyond this many a fresh one is taken


_TOKEN = re.compile(r"[a-z\u00e0-\u024f]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|.", re.DOTALL)


class MixedTokenizer:
    """Makes a `Doc` of a text and puts its plain form on `doc._.plain`; `doc.text` is always the text as it came."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        if len(self.vocab.strings) > MOST_STRINGS:
            self.vocab = Vocab()
        form = plain(text)
        words, spaces = self._words(text, form)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc._.plain = form
        return doc

    def _words(self, text: str, form: str) -> Tuple[List[str], List[bool]]:
        words: List[str] = []
        spaces: List[bool] = []
        for found in _TOKEN.finditer(form):
            if found.group() == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(text[found.start() : found.end()])
                spaces.append(False)
        return words, spaces

    def to_bytes(self, **_: object) -> bytes:
        """Nothing is learnt, so nothing is kept."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> "MixedTokenizer":
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        """Nothing is learnt, so nothing is kept."""

    def from_disk(self, *_: object, **__: object) -> "MixedTokenizer":
        return self
