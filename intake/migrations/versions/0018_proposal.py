"""Power for which a second person is needed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; roles that are there stay."""
    op.create_table(
        "proposal",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("van", sa.Date(), nullable=True),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "answered_by IS NULL OR state = 'ingetrokken' OR answered_by <> asked_by",
            name=op.f("ck_proposal_second_person"),
        ),
        sa.CheckConstraint("answered_by IS NULL OR answered_by <> account_id", name=op.f("ck_proposal_never_oneself")),
        sa.CheckConstraint("(state = 'wacht') = (answered_at IS NULL)", name=op.f("ck_proposal_answered_once")),
        sa.CheckConstraint("kind IN ('rol', 'tweede_stap')", name=op.f("ck_proposal_kind")),
        sa.CheckConstraint("state IN ('wacht', 'akkoord', 'geweigerd', 'ingetrokken')", name=op.f("ck_proposal_state")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_proposal_account_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_proposal_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_proposal_asked_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_proposal_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_organisation_id_state"), "proposal", ["organisation_id", "state"])
    op.create_index(op.f("ix_proposal_account_id"), "proposal", ["account_id"])


def downgrade() -> None:
    """Drop it; what waited is asked anew."""
    op.drop_table("proposal")
