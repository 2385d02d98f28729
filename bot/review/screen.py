"""What the operator sees of a message."""

from typing import Mapping

from bot.core.masking import mask
from bot.core.review import ToReview
from bot.core.types import ACTS
from bot.review.anonymous import printable
from bot.review.label import Label

# None of them is one of the other commands' keys.
ACT_KEYS: Mapping[str, str] = dict(zip("rcpiydgkbhjzoawme", ACTS, strict=True))
COMMANDS = (
    ("Enter", "it was right as it stands"), ("t", "add or remove a tag"), ("s", "severity"), ("+ -", "sentiment"),
    ("n Space", "pass over for good"), ("u", "undo the last"), ("?", "this table"), ("q", "quit; what was done stays"),
)  # fmt: skip


def table() -> str:
    """The keys; an act's key says the act and goes on to the next message."""
    cells = [f"{key} {act}" for key, act in ACT_KEYS.items()]
    rows = ["   ".join(f"{cell:15}" for cell in cells[at : at + 5]).rstrip() for at in range(0, len(cells), 5)]
    return "\n".join([*rows, *(f"{key:8}{does}" for key, does in COMMANDS)]) + "\n"


def story(item: ToReview, place: str, kept_as: str) -> str:
    """What was asked, what was said, and why it is here. `kept_as`: the words as they may be learnt from."""
    verbatim, said = item.verbatim, printable(mask(item.verbatim.text))
    lines = [f"\n[{place}] {verbatim.at:%Y-%m-%d}  {verbatim.language}  {_why(item)}"]
    lines += [f"  asked    {printable(mask(item.asked))}"] if item.asked else []
    lines.append(f"  said     {said}")
    return "\n".join(lines + ([f"  kept as  {kept_as}"] if kept_as != said else [])) + "\n"


def reading(label: Label) -> str:
    said = f"  read as  {label.act}  sentiment {label.sentiment:+d}  severity {label.severity}  {label.shown_tags()}"
    return said.rstrip()


def _why(item: ToReview) -> str:
    why = []
    if item.verbatim.certainty is not None:
        why.append(f"unsure: the best guess had {item.verbatim.certainty:.0%}")
    changed = [f"+{tag}" for tag in item.added] + [f"−{tag}" for tag in item.removed]
    if changed:
        why.append(f"an agent corrected: {' '.join(changed)}")
    return "; ".join(why)
