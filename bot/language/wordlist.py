"""Word lists in code: words in one string, as people read them."""

from typing import List


def listed(words: str) -> List[str]:
    """The words of a string with blanks between them."""
    return words.split()
