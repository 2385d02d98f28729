"""How sure the act of a customer's words was, and whether an operator has judged it."""

import sqlalchemy as sa
from alembic import op

revision = "0004_review"
down_revision = "0003_dead_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verbatims", sa.Column("act", sa.String()))
    op.add_column("verbatims", sa.Column("certainty", sa.Float()))
    op.add_column("verbatims", sa.Column("reviewed_at", sa.DateTime(timezone=True)))
    is_unsure = sa.text("certainty IS NOT NULL AND reviewed_at IS NULL")
    op.create_index("ix_verbatims_unsure", "verbatims", ["at"], sqlite_where=is_unsure, postgresql_where=is_unsure)


def downgrade() -> None:
    op.drop_index("ix_verbatims_unsure", "verbatims")
    for column in ("reviewed_at", "certainty", "act"):
        op.drop_column("verbatims", column)
