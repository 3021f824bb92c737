"""Drafts, intakes, advies, terms and tasks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("intake", "advice", "deadline", "draft", "task", "suspension")


def upgrade() -> None:
    """Make the tables."""
    _intake()
    _advice()
    _deadline()
    _draft()
    _task()
    _suspension()


def downgrade() -> None:
    """Drop them, last made first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _intake() -> None:
    op.create_table(
        "intake",
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ingediend",
                "in_expertise",
                "besloten",
                "verwezen",
                "geen_plek",
                "geplaatst",
                "afgesloten",
                "ingetrokken",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("melding_datum", sa.Date(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("bsn_index", sa.LargeBinary(), nullable=True),
        sa.Column("receipt_hash", sa.Text(), nullable=False),
        sa.Column("urgentie", sa.String(length=2), nullable=False),
        sa.Column("expertise", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["gemeente_id"], ["organisation.id"], name=op.f("fk_intake_gemeente_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_intake_organisation_id")),
        sa.ForeignKeyConstraint(["submitted_by"], ["account.id"], name=op.f("fk_intake_submitted_by")),
        sa.ForeignKeyConstraint(["worker_id"], ["account.id"], name=op.f("fk_intake_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
        sa.UniqueConstraint("gemeente_id", "id", name=op.f("uq_intake_gemeente_id_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_intake_reference")),
    )
    op.create_index(op.f("ix_intake_gemeente_id_bsn_index"), "intake", ["gemeente_id", "bsn_index"], unique=False)
    op.create_index(
        op.f("ix_intake_gemeente_id_state_urgentie"), "intake", ["gemeente_id", "state", "urgentie"], unique=False
    )


def _advice() -> None:
    op.create_table(
        "advice",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                "indiening",
                "herberekening",
                "correctie",
                name="occasion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("ruleset", sa.String(length=80), nullable=False),
        sa.Column("ruleset_hash", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(length=80), nullable=False),
        sa.Column("reserve", sa.Boolean(), nullable=False),
        sa.Column("reserve_reason", sa.Text(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_advice_gemeente_id_intake_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("intake_id", "number", name=op.f("uq_advice_intake_id_number")),
    )


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column(
            "kind",
            sa.Enum(
                "eerste_contact",
                "persoonlijk_plan",
                "onderzoek",
                "besluit",
                "bezwaar",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "loopt",
                "opgeschort",
                "gehaald",
                "vervallen",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_deadline_gemeente_id_intake_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("intake_id", "kind", name=op.f("uq_deadline_intake_id_kind")),
    )
    op.create_index(
        op.f("ix_deadline_gemeente_id_state_due_on"), "deadline", ["gemeente_id", "state", "due_on"], unique=False
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "ingediend",
                "weggegooid",
                "verlopen",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("pages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ingediend') = (intake_id IS NOT NULL)", name=op.f("ck_draft_submitted_has_intake")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id")),
        sa.ForeignKeyConstraint(["gemeente_id"], ["organisation.id"], name=op.f("fk_draft_gemeente_id")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_draft_intake_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_draft_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_account_id_state"), "draft", ["account_id", "state"], unique=False)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "gedaan", "vervallen", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_task_done_by")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_task_gemeente_id_intake_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("intake_id", "kind", name=op.f("uq_task_intake_id_kind")),
    )
    op.create_index(op.f("ix_task_gemeente_id_state_due_on"), "task", ["gemeente_id", "state", "due_on"], unique=False)


def _suspension() -> None:
    op.create_table(
        "suspension",
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reden", sa.LargeBinary(), nullable=False),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_suspension_period")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_suspension_deadline_id")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_suspension_gemeente_id_intake_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
