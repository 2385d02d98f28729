"""Records to fill a store with."""

from datetime import datetime, timedelta, timezone

from bot.core import records as r

NOW = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=timezone.utc)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def conversation(id: str = "c1", **values) -> r.Conversation:
    return r.Conversation(**{"id": id, "channel": "web", "language": "zh-Hans", "created_at": NOW, **values})


def message(id: str = "m1", conversation_id: str = "c1", **values) -> r.Message:
    return r.Message(
        **{
            "id": id,
            "conversation_id": conversation_id,
            "sender": "customer",
            "text": "等了四十分钟",
            "at": NOW,
            **values,
        }
    )


def response(id: str = "r1", conversation_id: str = "c1", **values) -> r.Response:
    return r.Response(
        **{
            "id": id,
            "conversation_id": conversation_id,
            "survey": "delivery",
            "survey_version": 1,
            "started_at": NOW,
            **values,
        }
    )


def case(id: str = "k1", conversation_id: str = "c1", **values) -> r.Case:
    return r.Case(
        **{
            "id": id,
            "conversation_id": conversation_id,
            "category": "delivery_and_logistics",
            "severity": "medium",
            "status": "recovering",
            "description": "等了四十分钟",
            "team": "logistics",
            "opened_at": NOW,
            **values,
        }
    )


def remedy(id: str = "y1", case_id: str = "k1", **values) -> r.Remedy:
    return r.Remedy(
        **{
            "id": id,
            "case_id": case_id,
            "kind": "voucher",
            "status": "offered",
            "offered_at": NOW,
            "key": f"key-{id}",
            **values,
        }
    )


def verbatim(id: str = "v1", message_id: str = "m1", conversation_id: str = "c1", **values) -> r.Verbatim:
    return r.Verbatim(
        **{
            "id": id,
            "conversation_id": conversation_id,
            "message_id": message_id,
            "text": "等了四十分钟",
            "language": "zh-Hans",
            "sentiment": "negative",
            "at": NOW,
            **values,
        }
    )


def tag(verbatim_id: str = "v1", tag: str = "queue_too_long", **values) -> r.StoredTag:
    return r.StoredTag(
        **{
            "verbatim_id": verbatim_id,
            "tag": tag,
            "category": "waiting_and_speed",
            "polarity": "negative",
            "evidence": "等了四十分钟",
            **values,
        }
    )


def picture(id: str = "b1", message_id: str = "m1", conversation_id: str = "c1", **values) -> r.Picture:
    return r.Picture(
        **{
            "id": id,
            "conversation_id": conversation_id,
            "message_id": message_id,
            "media_type": "image/jpeg",
            "width": 4,
            "height": 3,
            "content": b"\xff\xd8 \x00 pixels",
            "at": NOW,
            **values,
        }
    )


def outbox_item(id: str = "o1", **values) -> r.OutboxItem:
    return r.OutboxItem(
        **{"id": id, "kind": "notice", "key": f"key-{id}", "payload": {"队": "物流"}, "due_at": NOW, **values}
    )


def event(id: str = "e1", customer_id: str = "p1", **values) -> r.TouchpointEvent:
    return r.TouchpointEvent(
        **{"id": id, "touchpoint": "delivery", "occurred_at": NOW, "customer_id": customer_id, **values}
    )
