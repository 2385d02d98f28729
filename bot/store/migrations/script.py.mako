"""${message}"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
# The file's name is the revision, and revisions sort in the order they are applied: 0002_what.
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
