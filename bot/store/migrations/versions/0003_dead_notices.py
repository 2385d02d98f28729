"""Dead notices are counted on every page of the console."""

import sqlalchemy as sa
from alembic import op

revision = "0003_dead_notices"
down_revision = "0002_recovery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_dead = sa.text("status = 'dead'")
    op.create_index("ix_outbox_dead", "outbox", ["due_at"], sqlite_where=is_dead, postgresql_where=is_dead)


def downgrade() -> None:
    op.drop_index("ix_outbox_dead", "outbox")
