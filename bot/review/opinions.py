"""Opinions learnt from use, `data/opinions/<language>/from_use.tsv`: text, act, sentiment, severity, tags."""

from bot.review.label import Label

FILE = "from_use.tsv"


def with_opinion(content: str, text: str, label: Label) -> str:
    """The file's text with one more line."""
    gap = "" if not content or content.endswith("\n") else "\n"
    return f"{content}{gap}{line_of(text, label)}\n"


def line_of(text: str, label: Label) -> str:
    # A line that begins with # is a comment; the wide sign reads the same to the pipeline.
    safe = "＃" + text[1:] if text.startswith("#") else text
    return "\t".join((safe, label.act, str(label.sentiment), label.severity, label.shown_tags()))
