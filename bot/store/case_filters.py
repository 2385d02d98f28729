"""Which cases are meant: the filters of the queue and of the API, as conditions of a statement."""

from typing import Any, List, Optional, Sequence, Union

from bot.store.tables import cases, conversations, customers


def conditions(
    conversation: Optional[str] = None,
    status: Union[str, Sequence[str], None] = None,
    severity: Optional[str] = None,
    team: Optional[str] = None,
    assignee: Optional[str] = None,
    unassigned: bool = False,
    language: Optional[str] = None,
    channel: Optional[str] = None,
    segment: Optional[str] = None,
) -> List[Any]:
    """What must hold for a case to be meant; a filter that is not given lets every case through.

    `status`: one or several. `unassigned`: only cases that nobody has taken. language and channel are those of the
    case's conversation, segment that of its customer: a statement joins both (`joined`).
    """
    wanted = [
        column == value
        for column, value in (
            (cases.c.conversation_id, conversation),
            (cases.c.severity, severity),
            (cases.c.team, team),
            (cases.c.assignee, assignee),
            (conversations.c.language, language),
            (conversations.c.channel, channel),
            (customers.c.segment, segment),
        )
        if value is not None
    ]
    if status is not None:
        wanted.append(cases.c.status.in_([status] if isinstance(status, str) else list(status)))
    return [*wanted, cases.c.assignee.is_(None)] if unassigned else wanted


# A case always has its conversation, but not always a customer we know.
joined = cases.join(conversations, conversations.c.id == cases.c.conversation_id).outerjoin(
    customers, customers.c.id == cases.c.customer_id
)
