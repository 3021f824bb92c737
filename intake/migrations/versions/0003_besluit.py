"""Besluiten, mandates and expertise."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("mandate", "expertise", "besluit")


def upgrade() -> None:
    """Make the tables."""
    _mandate()
    _expertise()
    _besluit()


def downgrade() -> None:
    """Drop them, last made first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _mandate() -> None:
    op.create_table(
        "mandate",
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("besluit_door", sa.Uuid(), nullable=False),
        sa.Column("expertise_besluit", sa.Boolean(), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("bron", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("tot IS NULL OR tot >= van", name=op.f("ck_mandate_period")),
        sa.ForeignKeyConstraint(["besluit_door"], ["organisation.id"], name=op.f("fk_mandate_besluit_door")),
        sa.ForeignKeyConstraint(["gemeente_id"], ["organisation.id"], name=op.f("fk_mandate_gemeente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index(op.f("ix_mandate_gemeente_id_product"), "mandate", ["gemeente_id", "product"], unique=False)


def _expertise() -> None:
    op.create_table(
        "expertise",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "gevraagd",
                "beoordeeld",
                "ingetrokken",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "weight",
            sa.Enum("advies", "besluit", name="weight", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reasons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("review", sa.LargeBinary(), nullable=True),
        sa.Column("voorzieningen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_name", sa.Text(), nullable=True),
        sa.Column("reviewed_function", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'beoordeeld' OR reviewed_by IS NOT NULL", name=op.f("ck_expertise_reviewed_by_a_person")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_expertise_asked_by")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_expertise_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_expertise_organisation_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organisation.id"], name=op.f("fk_expertise_receiver_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["account.id"], name=op.f("fk_expertise_reviewed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expertise")),
    )
    op.create_index(
        op.f("ix_expertise_receiver_id_state_due_on"), "expertise", ["receiver_id", "state", "due_on"], unique=False
    )


def _besluit() -> None:
    op.create_table(
        "besluit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("route", "overbrugging", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("voorzieningen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("overbrugging", sa.String(length=40), nullable=False),
        sa.Column("bestemming_soort", sa.String(length=40), nullable=False),
        sa.Column("bestemming_naam", sa.Text(), nullable=False),
        sa.Column("bestemming_gemeente", sa.String(length=6), nullable=True),
        sa.Column("wijkt_af", sa.Boolean(), nullable=False),
        sa.Column("reden", sa.LargeBinary(), nullable=True),
        sa.Column("bevestigd_door", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("functie", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("bevoegd", sa.Boolean(), nullable=False),
        sa.Column("namens", sa.Text(), nullable=False),
        sa.Column("mandate_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("advice_id", sa.Uuid(), nullable=False),
        sa.Column("advice_hash", sa.String(length=80), nullable=False),
        sa.Column("ruleset", sa.String(length=80), nullable=False),
        sa.Column("ruleset_hash", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("NOT wijkt_af OR reden IS NOT NULL", name=op.f("ck_besluit_deviation_has_reason")),
        sa.CheckConstraint("length(naam) > 0 AND length(functie) > 0", name=op.f("ck_besluit_named_person")),
        sa.ForeignKeyConstraint(["advice_id"], ["advice.id"], name=op.f("fk_besluit_advice_id")),
        sa.ForeignKeyConstraint(["bevestigd_door"], ["account.id"], name=op.f("fk_besluit_bevestigd_door")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_besluit_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_besluit_mandate_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_besluit_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besluit")),
        sa.UniqueConstraint("gemeente_id", "id", name=op.f("uq_besluit_gemeente_id_id")),
        sa.UniqueConstraint("intake_id", "number", name=op.f("uq_besluit_intake_id_number")),
    )
