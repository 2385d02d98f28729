"""Every table. The migrations write the same out in full; a test holds the two together."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.column_types import Serial, SmallJson, UtcDateTime, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _where(condition: str) -> dict:
    """A partial index's condition, for both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _id() -> Column:
    return Column("id", String, primary_key=True)


def _seq() -> Column:
    return Column("seq", Serial, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, nullable: bool = False, **options: Any) -> Column:
    return Column(name, String, ForeignKey(target, **options), nullable=nullable)


def _at(name: str, nullable: bool = False) -> Column:
    return Column(name, UtcDateTime, nullable=nullable)


customers = Table(
    "customers",
    metadata,
    _id(),
    Column("name", Words),
    Column("locale", String),
    Column("segment", String),
)

channel_accounts = Table(
    "channel_accounts",
    metadata,
    Column("channel", String, primary_key=True),
    Column("address", String, primary_key=True),
    _ref("customer_id", "customers.id"),
    Index(None, "customer_id"),
)

touchpoint_events = Table(
    "touchpoint_events",
    metadata,
    _id(),
    Column("touchpoint", String, nullable=False),
    _at("occurred_at"),
    _ref("customer_id", "customers.id"),
    Column("order_id", String),
    Column("staff_id", String),
    Column("store_id", String),
    Column("attributes", SmallJson, nullable=False),
    Index(None, "customer_id", "occurred_at"),
)

# response_id and case_id carry no foreign key: responses and cases point here, and a circle of keys cannot be created
# in one go on PostgreSQL.
conversations = Table(
    "conversations",
    metadata,
    _id(),
    Column("channel", String, nullable=False),
    Column("language", String, nullable=False),
    _at("created_at"),
    Column("owner", String, nullable=False),
    _ref("customer_id", "customers.id", nullable=True),
    _ref("event_id", "touchpoint_events.id", nullable=True),
    Column("touchpoint", String),
    Column("open_question", SmallJson),
    Column("response_id", String),
    Column("case_id", String),
    Column("greeted", Boolean, nullable=False),
    _at("last_customer_at", nullable=True),
    _at("reminded_at", nullable=True),
    Column("version", Integer, nullable=False),
    Index(None, "customer_id", "created_at"),
    Index(None, "event_id"),
    Index("ix_conversations_case", "case_id", **_where("case_id IS NOT NULL")),
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    _ref("event_id", "touchpoint_events.id"),
    _ref("conversation_id", "conversations.id"),
    Column("status", String, nullable=False),
    Column("reason", String),
    _at("created_at", nullable=True),
    UniqueConstraint("event_id"),
    Index(None, "conversation_id"),
)

# AUTOINCREMENT: a number is never given twice, or a reader that asks for what came after it would miss a message.
messages = Table(
    "messages",
    metadata,
    _seq(),
    Column("id", String, nullable=False),
    _ref("conversation_id", "conversations.id"),
    Column("sender", String, nullable=False),
    Column("text", Words, nullable=False),
    _at("at"),
    Column("kind", String, nullable=False),
    Column("channel_message_id", String),
    Column("buttons", SmallJson),
    _ref("in_reply_to", "messages.id", nullable=True, ondelete="SET NULL"),
    Column("author", String),
    Column("language", String),
    _at("taken_at", nullable=True),
    _at("handled_at", nullable=True),
    Column("attempts", Integer, nullable=False),
    _at("try_after", nullable=True),
    UniqueConstraint("id"),
    UniqueConstraint("conversation_id", "channel_message_id"),
    Index(None, "conversation_id", "seq"),
    Index("ix_messages_in_reply_to", "in_reply_to", **_where("in_reply_to IS NOT NULL")),
    Index("ix_messages_unhandled", "at", **_where("handled_at IS NULL AND sender = 'customer'")),
    Index("ix_messages_by_agents", "conversation_id", "at", **_where("sender = 'agent'")),
    sqlite_autoincrement=True,
)

responses = Table(
    "responses",
    metadata,
    _id(),
    _ref("conversation_id", "conversations.id"),
    Column("survey", String, nullable=False),
    Column("survey_version", Integer, nullable=False),
    _at("started_at"),
    Column("status", String, nullable=False),
    _ref("customer_id", "customers.id", nullable=True),
    _ref("event_id", "touchpoint_events.id", nullable=True),
    Column("touchpoint", String),
    Column("segment", String),
    Column("channel", String),
    Column("language", String),
    Column("staff_id", String),
    Column("store_id", String),
    Column("sentiment", String),
    _at("completed_at", nullable=True),
    Index(None, "conversation_id"),
    Index(None, "customer_id", "started_at"),
    Index(None, "touchpoint", "started_at"),
    Index(None, "started_at", "id"),
)

answers = Table(
    "answers",
    metadata,
    _seq(),
    _ref("response_id", "responses.id"),
    Column("question", String, nullable=False),
    _at("answered_at"),
    Column("scale", String),
    Column("score", Float),
    Column("text", Words),
    Column("choice", String),
    Column("skipped", Boolean, nullable=False),
    _ref("message_id", "messages.id", nullable=True, ondelete="SET NULL"),
    _at("superseded_at", nullable=True),
    Index("uq_answers_current", "response_id", "question", unique=True, **_where("superseded_at IS NULL")),
    Index("ix_answers_scores", "scale", "answered_at", **_where("superseded_at IS NULL AND score IS NOT NULL")),
)

verbatims = Table(
    "verbatims",
    metadata,
    _id(),
    _ref("conversation_id", "conversations.id"),
    _ref("message_id", "messages.id"),
    Column("text", Words, nullable=False),
    Column("language", String, nullable=False),
    Column("sentiment", String, nullable=False),
    _at("at"),
    _ref("response_id", "responses.id", nullable=True),
    _ref("case_id", "cases.id", nullable=True),
    Column("act", String),
    Column("certainty", Float),
    _at("reviewed_at", nullable=True),
    Index(None, "conversation_id"),
    Index("ix_verbatims_response", "response_id", **_where("response_id IS NOT NULL")),
    Index("ix_verbatims_case", "case_id", **_where("case_id IS NOT NULL")),
    Index("ix_verbatims_unsure", "at", **_where("certainty IS NOT NULL AND reviewed_at IS NULL")),
    Index(None, "at"),
)

tags = Table(
    "tags",
    metadata,
    _seq(),
    _ref("verbatim_id", "verbatims.id", ondelete="CASCADE"),
    Column("tag", String, nullable=False),
    Column("category", String, nullable=False),
    Column("polarity", String, nullable=False),
    Column("evidence", Words, nullable=False),
    Index(None, "verbatim_id"),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    _ref("conversation_id", "conversations.id"),
    Column("category", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("status", String, nullable=False),
    Column("description", Words, nullable=False),
    Column("team", String, nullable=False),
    _at("opened_at"),
    _ref("customer_id", "customers.id", nullable=True),
    _ref("response_id", "responses.id", nullable=True),
    Column("touchpoint", String),
    Column("order_id", String),
    Column("order_checked", Boolean, nullable=False),
    Column("order_given_up", Boolean, nullable=False),
    Column("order", SmallJson, nullable=False),
    Column("desired_outcome", String),
    Column("first_contact_resolved", Boolean),
    Column("recovery_score", Integer),
    Column("assignee", String),
    Column("root_cause", String),
    Column("reopened", Boolean, nullable=False),
    Column("escalation_reason", String),
    _at("first_response_due", nullable=True),
    _at("next_response_due", nullable=True),
    _at("resolution_due", nullable=True),
    Column("sla_state", String, nullable=False),
    _at("resolved_at", nullable=True),
    Column("version", Integer, nullable=False),
    Column("merged_into", String),
    Column("resolution_left", Integer),
    Index(None, "conversation_id"),
    Index(None, "customer_id", "opened_at"),
    Index(None, "order_id"),
    Index(None, "status", "severity"),
)

case_events = Table(
    "case_events",
    metadata,
    _seq(),
    _ref("case_id", "cases.id"),
    Column("kind", String, nullable=False),
    _at("at"),
    Column("actor", String, nullable=False),
    Column("details", SmallJson, nullable=False),
    Index(None, "case_id", "seq"),
    Index(None, "kind", "at"),
)

remedies = Table(
    "remedies",
    metadata,
    _seq(),
    Column("id", String, nullable=False),
    _ref("case_id", "cases.id"),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    _at("offered_at"),
    Column("key", String, nullable=False),
    Column("amount", Float),
    Column("currency", String),
    Column("why", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    _at("look_again_at", nullable=True),
    _at("done_at", nullable=True),
    Column("error", Words),
    Column("decided_by", String),
    Column("rule", String),
    UniqueConstraint("id"),
    UniqueConstraint("key"),
    Index(None, "case_id", "seq"),
    Index("ix_remedies_executing", "look_again_at", **_where("status = 'executing'")),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("payload", SmallJson, nullable=False),
    _at("due_at"),
    Column("status", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Words),
    _at("sent_at", nullable=True),
    UniqueConstraint("key"),
    Index("ix_outbox_due", "due_at", **_where("status = 'waiting'")),
    Index("ix_outbox_dead", "due_at", **_where("status = 'dead'")),
)

definition_versions = Table(
    "definition_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("content", SmallJson, nullable=False),
    _at("created_at"),
)

users = Table(
    "users",
    metadata,
    _id(),
    Column("name", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("team", String),
    Column("failed_attempts", Integer, nullable=False),
    _at("locked_until", nullable=True),
    UniqueConstraint("name"),
)

pictures = Table(
    "pictures",
    metadata,
    _id(),
    _ref("conversation_id", "conversations.id"),
    _ref("message_id", "messages.id", ondelete="CASCADE"),
    Column("media_type", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    _at("at"),
    Index(None, "conversation_id"),
    Index(None, "message_id"),
    Index(None, "at"),
)

# Who looks at a case right now; a row is as old as the viewer's last sign of life.
case_viewers = Table(
    "case_viewers",
    metadata,
    Column("case_id", String, ForeignKey("cases.id"), primary_key=True),
    Column("name", String, primary_key=True),
    _at("seen_at"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    _seq(),
    _at("at"),
    Column("actor", String, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("details", SmallJson, nullable=False),
    Index(None, "at"),
    Index("ix_audit_entries_subject", "subject", "subject_id", "at"),
)
