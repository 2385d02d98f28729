"""Probabilities by name, as several models give them: from scores, weighed by what else is known, and blended."""

from math import prod
from typing import Dict, Mapping, Sequence

import numpy as np

LEAST = 0.002  # the probability that no name falls below, so that one model alone cannot rule it out


def softmax(names: Sequence[str], scores: np.ndarray) -> Dict[str, float]:
    """The probability of each name by its score, a logit; both in one order."""
    odds = np.exp(scores - scores.max())
    return dict(zip(names, (odds / odds.sum()).tolist(), strict=True))


def weighed(shares: Mapping[str, float], odds: Mapping[str, float]) -> Dict[str, float]:
    """Probabilities after what speaks for or against some of them."""
    product = {name: share * odds.get(name, 1.0) for name, share in shares.items()}
    total = sum(product.values())
    return {name: share / total for name, share in product.items()}


def blended(*shares: Mapping[str, float]) -> Dict[str, float]:
    """Several models' probabilities as one: their geometric mean. Empty ones know nothing and do not count."""
    telling = [one for one in shares if one]
    if not telling:
        return {}
    return weighed(
        {name: prod(one.get(name, 0.0) + LEAST for one in telling) ** (1 / len(telling)) for name in telling[0]}, {}
    )  # fmt: skip
