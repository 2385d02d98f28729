"""Who works at the business, in the tests of what they do."""

from bot.core import records as r
from bot.core.ports import Ports


def hire(ports: Ports, name: str, role: str = "agent", team=None) -> str:
    with ports.store.begin() as tx:
        tx.save_user(r.User(f"id-{name}", name, "hash", role, team))
    return name


def notices(ports: Ports, occasion: str):
    """(team, title, body) of each notice of an occasion, oldest first."""
    with ports.store.read() as tx:
        items = tx.outbox_due(ports.clock(), 500)
    told = [item.payload for item in items if f":{occasion}:" in item.key]
    return [(one["team"], one["title"], one["body"]) for one in told]
