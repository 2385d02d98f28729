"""Whether saved replies can be filled in, and name categories and severities that exist."""

from bot.core.definitions import Definitions
from bot.core.saved_replies import VARIABLES
from bot.core.types import LANGUAGES, SEVERITIES
from bot.definitions.naming import Problems, fillable, unknown

FILE = "saved_replies.yml"


def replies_name_what_exists(d: Definitions) -> Problems:
    categories = [category.key for category in d.tags.categories]
    for reply in d.saved_replies:
        path = f"replies[{reply.key}]"
        yield from unknown(FILE, f"{path}.category", "category", reply.category, categories)
        yield from unknown(FILE, f"{path}.severity", "severity", reply.severity, SEVERITIES)


def texts_can_be_filled(d: Definitions) -> Problems:
    for reply in d.saved_replies:
        for language in LANGUAGES:
            yield from fillable(FILE, f"replies[{reply.key}].text.{language}", reply.text.get(language), VARIABLES)
