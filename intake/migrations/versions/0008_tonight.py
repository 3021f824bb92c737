"""Tonight: the number answered at night, the hours of the day number, the hour by which a bed is answered for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has a night number yet, and what was asked before keeps its day."""
    op.add_column("organisation", sa.Column("nachttelefoon", sa.Text(), nullable=False, server_default=""))
    op.add_column("organisation", sa.Column("dag_van", sa.Time(), nullable=True))
    op.add_column("organisation", sa.Column("dag_tot", sa.Time(), nullable=True))
    op.add_column("referral", sa.Column("respond_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("referral", "respond_at")
    for column in ("dag_tot", "dag_van", "nachttelefoon"):
        op.drop_column("organisation", column)
