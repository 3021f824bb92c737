"""Post that leaves the house, and the browsers in which somebody logged in before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; nothing of a client stands in them."""
    op.create_table(
        "outgoing",
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("to", sa.LargeBinary(), nullable=False),
        sa.Column("notice", sa.String(length=40), nullable=False),
        sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("channel IN ('mail', 'sms')", name=op.f("ck_outgoing_channel")),
        sa.CheckConstraint("state IN ('wacht', 'verstuurd', 'terug')", name=op.f("ck_outgoing_state")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outgoing_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_outgoing_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
    )
    op.create_index(
        op.f("ix_outgoing_organisation_id_state_asked_at"), "outgoing", ["organisation_id", "state", "asked_at"]
    )
    op.create_index(op.f("ix_outgoing_account_id"), "outgoing", ["account_id"])
    op.create_table(
        "known_device",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_known_device_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_device")),
    )
    op.create_index(
        op.f("ix_known_device_account_id_token_hash"), "known_device", ["account_id", "token_hash"], unique=True
    )


def downgrade() -> None:
    """Drop both; post that waits is not sent, and every browser is new again."""
    op.drop_table("known_device")
    op.drop_table("outgoing")
