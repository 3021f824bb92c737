"""Why emergency access could not wait, as one of a list; and that the next in line was told."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Acts that are there keep their words and get no kind: nobody asked for it then."""
    op.add_column("break_glass", sa.Column("kind", sa.String(length=40), nullable=True))
    op.add_column("break_glass", sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """The words stay; the kind goes."""
    op.drop_column("break_glass", "escalated_at")
    op.drop_column("break_glass", "kind")
