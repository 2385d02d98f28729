"""For each act one action, and one rule in `data/rules.yml` that answers the act with it."""

from actions.base import ActAction


class Rate(ActAction):
    """A score, with or without its reason."""

    act = "rate"


class Complain(ActAction):
    """A complaint, said outright."""

    act = "complain"


class Praise(ActAction):
    """Kind words."""

    act = "praise"


class Suggest(ActAction):
    """An idea."""

    act = "suggest"


class Affirm(ActAction):
    """Yes."""

    act = "affirm"


class Deny(ActAction):
    """No."""

    act = "deny"


class Greet(ActAction):
    """Hello."""

    act = "greet"


class Thank(ActAction):
    """Thanks."""

    act = "thank"


class Goodbye(ActAction):
    """Farewell."""

    act = "goodbye"


class AskHuman(ActAction):
    """The wish for a person."""

    act = "ask_human"


class Skip(ActAction):
    """This question is to be passed over."""

    act = "skip"


class Stop(ActAction):
    """No more questions."""

    act = "stop"


class Correct(ActAction):
    """An answer given before is changed."""

    act = "correct"


class AskBack(ActAction):
    """Who asks, what for, and what becomes of it."""

    act = "ask_back"


class OrderStatus(ActAction):
    """Where is my order?"""

    act = "order_status"


class RequestRemedy(ActAction):
    """A refund, an exchange, a compensation is asked for."""

    act = "request_remedy"


class Other(ActAction):
    """Anything else: often the very answer to an open question."""

    act = "other"
