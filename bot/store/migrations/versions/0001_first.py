"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict:
    """A partial index's condition, for both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("locale", sa.String()),
        sa.Column("segment", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
    )

    op.create_table(
        "definition_versions",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("created_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_definition_versions"),
    )

    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("due_at", AT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text()),
        sa.Column("sent_at", AT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"], **where("status = 'waiting'"))

    op.create_table(
        "users",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("team", sa.String()),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", AT),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )

    op.create_table(
        "channel_accounts",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_channel_accounts_customer_id_customers"),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_channel_accounts"),
    )
    op.create_index("ix_channel_accounts_customer_id", "channel_accounts", ["customer_id"])

    op.create_table(
        "touchpoint_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("touchpoint", sa.String(), nullable=False),
        sa.Column("occurred_at", AT, nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String()),
        sa.Column("staff_id", sa.String()),
        sa.Column("store_id", sa.String()),
        sa.Column("attributes", JSON, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_touchpoint_events_customer_id_customers"),
        sa.PrimaryKeyConstraint("id", name="pk_touchpoint_events"),
    )
    op.create_index("ix_touchpoint_events_customer_id_occurred_at", "touchpoint_events", ["customer_id", "occurred_at"])

    op.create_table(
        "conversations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("event_id", sa.String()),
        sa.Column("touchpoint", sa.String()),
        sa.Column("open_question", JSON),
        sa.Column("response_id", sa.String()),
        sa.Column("case_id", sa.String()),
        sa.Column("greeted", sa.Boolean(), nullable=False),
        sa.Column("last_customer_at", AT),
        sa.Column("reminded_at", AT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_conversations_customer_id_customers"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["touchpoint_events.id"], name="fk_conversations_event_id_touchpoint_events"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_case", "conversations", ["case_id"], **where("case_id IS NOT NULL"))
    op.create_index("ix_conversations_customer_id_created_at", "conversations", ["customer_id", "created_at"])
    op.create_index("ix_conversations_event_id", "conversations", ["event_id"])

    op.create_table(
        "invitations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_invitations_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["touchpoint_events.id"], name="fk_invitations_event_id_touchpoint_events"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("event_id", name="uq_invitations_event_id"),
    )
    op.create_index("ix_invitations_conversation_id", "invitations", ["conversation_id"])

    op.create_table(
        "messages",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel_message_id", sa.String()),
        sa.Column("buttons", JSON),
        sa.Column("in_reply_to", sa.String()),
        sa.Column("author", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("taken_at", AT),
        sa.Column("handled_at", AT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_after", AT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(
            ["in_reply_to"], ["messages.id"], name="fk_messages_in_reply_to_messages", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_messages"),
        sa.UniqueConstraint(
            "conversation_id", "channel_message_id", name="uq_messages_conversation_id_channel_message_id"
        ),
        sa.UniqueConstraint("id", name="uq_messages_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_by_agents", "messages", ["conversation_id", "at"], **where("sender = 'agent'"))
    op.create_index("ix_messages_conversation_id_seq", "messages", ["conversation_id", "seq"])
    op.create_index("ix_messages_in_reply_to", "messages", ["in_reply_to"], **where("in_reply_to IS NOT NULL"))
    op.create_index("ix_messages_unhandled", "messages", ["at"], **where("handled_at IS NULL AND sender = 'customer'"))

    op.create_table(
        "responses",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("survey", sa.String(), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("started_at", AT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("event_id", sa.String()),
        sa.Column("touchpoint", sa.String()),
        sa.Column("segment", sa.String()),
        sa.Column("channel", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("staff_id", sa.String()),
        sa.Column("store_id", sa.String()),
        sa.Column("sentiment", sa.String()),
        sa.Column("completed_at", AT),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_responses_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_responses_customer_id_customers"),
        sa.ForeignKeyConstraint(["event_id"], ["touchpoint_events.id"], name="fk_responses_event_id_touchpoint_events"),
        sa.PrimaryKeyConstraint("id", name="pk_responses"),
    )
    op.create_index("ix_responses_conversation_id", "responses", ["conversation_id"])
    op.create_index("ix_responses_customer_id_started_at", "responses", ["customer_id", "started_at"])
    op.create_index("ix_responses_started_at_id", "responses", ["started_at", "id"])
    op.create_index("ix_responses_touchpoint_started_at", "responses", ["touchpoint", "started_at"])

    op.create_table(
        "answers",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answered_at", AT, nullable=False),
        sa.Column("scale", sa.String()),
        sa.Column("score", sa.Float()),
        sa.Column("text", sa.Text()),
        sa.Column("choice", sa.String()),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.String()),
        sa.Column("superseded_at", AT),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_answers_message_id_messages", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name="fk_answers_response_id_responses"),
        sa.PrimaryKeyConstraint("seq", name="pk_answers"),
    )
    op.create_index(
        "ix_answers_scores", "answers", ["scale", "answered_at"], **where("superseded_at IS NULL AND score IS NOT NULL")
    )
    op.create_index(
        "uq_answers_current", "answers", ["response_id", "question"], unique=True, **where("superseded_at IS NULL")
    )

    op.create_table(
        "cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("opened_at", AT, nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("response_id", sa.String()),
        sa.Column("touchpoint", sa.String()),
        sa.Column("order_id", sa.String()),
        sa.Column("order_checked", sa.Boolean(), nullable=False),
        sa.Column("order_given_up", sa.Boolean(), nullable=False),
        sa.Column("order", JSON, nullable=False),
        sa.Column("desired_outcome", sa.String()),
        sa.Column("first_contact_resolved", sa.Boolean()),
        sa.Column("recovery_score", sa.Integer()),
        sa.Column("assignee", sa.String()),
        sa.Column("root_cause", sa.String()),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.Column("escalation_reason", sa.String()),
        sa.Column("first_response_due", AT),
        sa.Column("next_response_due", AT),
        sa.Column("resolution_due", AT),
        sa.Column("sla_state", sa.String(), nullable=False),
        sa.Column("resolved_at", AT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_cases_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_cases_customer_id_customers"),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name="fk_cases_response_id_responses"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_conversation_id", "cases", ["conversation_id"])
    op.create_index("ix_cases_customer_id_opened_at", "cases", ["customer_id", "opened_at"])
    op.create_index("ix_cases_order_id", "cases", ["order_id"])
    op.create_index("ix_cases_status_severity", "cases", ["status", "severity"])

    op.create_table(
        "case_events",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_events_case_id_cases"),
        sa.PrimaryKeyConstraint("seq", name="pk_case_events"),
    )
    op.create_index("ix_case_events_case_id_seq", "case_events", ["case_id", "seq"])
    op.create_index("ix_case_events_kind_at", "case_events", ["kind", "at"])

    op.create_table(
        "remedies",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("offered_at", AT, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("amount", sa.Float()),
        sa.Column("currency", sa.String()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("look_again_at", AT),
        sa.Column("done_at", AT),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_remedies_case_id_cases"),
        sa.PrimaryKeyConstraint("seq", name="pk_remedies"),
        sa.UniqueConstraint("id", name="uq_remedies_id"),
        sa.UniqueConstraint("key", name="uq_remedies_key"),
    )
    op.create_index("ix_remedies_case_id_seq", "remedies", ["case_id", "seq"])
    op.create_index("ix_remedies_executing", "remedies", ["look_again_at"], **where("status = 'executing'"))

    op.create_table(
        "verbatims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sentiment", sa.String(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("response_id", sa.String()),
        sa.Column("case_id", sa.String()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_verbatims_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_verbatims_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_verbatims_message_id_messages"),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name="fk_verbatims_response_id_responses"),
        sa.PrimaryKeyConstraint("id", name="pk_verbatims"),
    )
    op.create_index("ix_verbatims_at", "verbatims", ["at"])
    op.create_index("ix_verbatims_case", "verbatims", ["case_id"], **where("case_id IS NOT NULL"))
    op.create_index("ix_verbatims_conversation_id", "verbatims", ["conversation_id"])
    op.create_index("ix_verbatims_response", "verbatims", ["response_id"], **where("response_id IS NOT NULL"))

    op.create_table(
        "tags",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("verbatim_id", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verbatim_id"], ["verbatims.id"], name="fk_tags_verbatim_id_verbatims", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_tags"),
    )
    op.create_index("ix_tags_verbatim_id", "tags", ["verbatim_id"])


def downgrade() -> None:
    for table in (
        "tags",
        "verbatims",
        "remedies",
        "case_events",
        "cases",
        "answers",
        "responses",
        "messages",
        "invitations",
        "conversations",
        "touchpoint_events",
        "channel_accounts",
        "users",
        "outbox",
        "definition_versions",
        "customers",
    ):
        op.drop_table(table)
