"""What the work on a case needs: approvals, merging, a paused clock, pictures, who looks on, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0002_recovery"
down_revision = "0001_first"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("invitations", sa.Column("created_at", AT))
    op.add_column("cases", sa.Column("merged_into", sa.String()))
    op.add_column("cases", sa.Column("resolution_left", sa.Integer()))
    op.add_column("remedies", sa.Column("decided_by", sa.String()))
    op.add_column("remedies", sa.Column("rule", sa.String()))

    op.create_table(
        "pictures",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_pictures_conversation_id_conversations"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_pictures_message_id_messages", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
    )
    op.create_index("ix_pictures_conversation_id", "pictures", ["conversation_id"])
    op.create_index("ix_pictures_message_id", "pictures", ["message_id"])
    op.create_index("ix_pictures_at", "pictures", ["at"])

    op.create_table(
        "case_viewers",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_viewers_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "name", name="pk_case_viewers"),
    )

    op.create_table(
        "audit_entries",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject", "subject_id", "at"])


def downgrade() -> None:
    for table in ("audit_entries", "case_viewers", "pictures"):
        op.drop_table(table)
    for table, column in (
        ("remedies", "rule"),
        ("remedies", "decided_by"),
        ("cases", "resolution_left"),
        ("cases", "merged_into"),
        ("invitations", "created_at"),
    ):
        op.drop_column(table, column)
