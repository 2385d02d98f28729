"""The formulas: shares, precision, recall, F1, half credit, rank correlation. What nothing can be said of is None."""

from typing import Collection, Hashable, Iterable, NamedTuple, Optional, Sequence, Tuple


class Figure(NamedTuple):
    """A figure and from how many labels it is. Shares and F1 are 0..1."""

    value: Optional[float]
    n: int


class Counts(NamedTuple):
    """found: labels that were found. missed: those that were not. wrong: what was found without a label."""

    found: int
    missed: int
    wrong: int

    @property
    def labelled(self) -> int:
        return self.found + self.missed

    @property
    def precision(self) -> Figure:
        said = self.found + self.wrong
        return Figure(self.found / said if said else None, said)

    @property
    def recall(self) -> Figure:
        return Figure(self.found / self.labelled if self.labelled else None, self.labelled)

    @property
    def f1(self) -> Figure:
        whole = 2 * self.found + self.missed + self.wrong
        return Figure(2 * self.found / whole if whole else None, self.labelled)


def share(marks: Iterable[float]) -> Figure:
    """The mean of marks of 0..1 each: of right and wrong, the share of the right."""
    given = list(marks)
    return Figure(sum(given) / len(given) if given else None, len(given))


def half_credit(label: str, found: str) -> float:
    """1 for the labelled sentiment, half for a neutral that should have been one or the other, else 0."""
    if found == label:
        return 1.0
    return 0.5 if found == "neutral" else 0.0


def of_sets(pairs: Iterable[Tuple[Collection[Hashable], Collection[Hashable]]]) -> Counts:
    """Over all texts, of (labelled, found): the same one twice in a text counts once."""
    found = missed = wrong = 0
    for labelled, said in ((set(one), set(other)) for one, other in pairs):
        found += len(labelled & said)
        missed += len(labelled - said)
        wrong += len(said - labelled)
    return Counts(found, missed, wrong)


def of_class(name: str, pairs: Iterable[Tuple[str, str]]) -> Counts:
    """Of (label, found): how one class fares against all others."""
    return of_sets(({label} & {name}, {found} & {name}) for label, found in pairs)


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> Figure:
    """Spearman's, −1..+1; ties share their mean rank. None when one of both is the same everywhere."""
    from scipy.stats import spearmanr

    if len(set(one)) < 2 or len(set(other)) < 2:
        return Figure(None, len(one))
    return Figure(float(spearmanr(one, other)[0]), len(one))
