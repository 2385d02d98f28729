"""Rows as the contract shows them: plain JSON, times in ISO 8601 and UTC, words masked unless asked otherwise."""

from datetime import datetime
from typing import Any, Dict, Iterable, List, Mapping, Optional

from bot.core import records as r
from bot.core.masking import mask


class Shapes:
    """How texts are shown: masked, or as they were written."""

    def __init__(self, unmasked: bool):
        self._unmasked = unmasked

    def text(self, value: Optional[str]) -> Optional[str]:
        return value if value is None or self._unmasked else mask(value)

    def deep(self, value: Any) -> Any:
        """Each text within `value`."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.deep(item) for key, item in value.items()}
        return [self.deep(item) for item in value] if isinstance(value, (list, tuple)) else value

    def message(self, message: r.Message, picture: Optional[r.PictureSummary] = None) -> Dict[str, Any]:
        """`buttons` and `picture` only where there are any; `seq` is what to ask for more after."""
        shown: Dict[str, Any] = {
            "id": message.id,
            "seq": message.seq,
            "from": message.sender,
            "text": self.text(message.text),
            "at": iso(message.at),
        }
        if message.buttons:
            shown["buttons"] = [{"title": self.text(b.title), "payload": b.payload} for b in message.buttons]
        if picture is not None:
            sizes = {"width": picture.width, "height": picture.height}
            shown["picture"] = {"id": picture.id, "media_type": picture.media_type, **sizes}
        return shown

    def tags(self, rows: Iterable[Any]) -> List[Dict[str, Any]]:
        """Each mention once, in the order in which they were made."""
        shown: Dict[tuple, Dict[str, Any]] = {}
        for found in rows:
            key = (found.tag, found.polarity, found.evidence)
            shown.setdefault(
                key,
                {
                    "tag": found.tag,
                    "category": found.category,
                    "polarity": found.polarity,
                    "evidence": self.text(found.evidence),
                },
            )
        return list(shown.values())


def iso(moment: Optional[datetime]) -> Optional[str]:
    return moment.isoformat() if moment else None
