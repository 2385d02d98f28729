"""Names of what the definitions define, in the reader's language; the key itself for what they no longer define."""

from typing import Any, Dict, Mapping

from bot.core.definitions import Definitions


class Names:
    """In templates: names.team[key], names.category[key], names.tag[key], names.touchpoint[key], names.remedy[kind]."""

    def __init__(self, definitions: Definitions, language: str) -> None:
        def by_key(items: Any, key: str = "key") -> Mapping[str, str]:
            return _Names({getattr(item, key): item.name.get(language) for item in items})

        self.team = by_key(definitions.service_levels.teams)
        self.category = by_key(definitions.tags.categories)
        self.tag = by_key(definitions.tags.tags)
        self.touchpoint = by_key(definitions.journey.touchpoints)
        self.remedy = by_key(definitions.remedies.kinds, "kind")


class _Names(Dict[str, str]):
    def __missing__(self, key: Any) -> str:
        return str(key).replace("_", " ") if key else "–"
