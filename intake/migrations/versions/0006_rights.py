"""Rights: links to choose a password, reviews of the log, emergency access, corrections, destruction, legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("destruction", "invitation", "link_request", "log_review", "break_glass", "correction", "legal_hold")
JOB_KINDS = ("brief_maken", "verwijzing_verloopt", "urgentie_herzien", "bericht", "concept_verloopt")
NEW_JOB_KINDS = ("logboek_anker",)


def upgrade() -> None:
    """Make the tables, and allow the new kinds of job."""
    _destruction()
    _invitation()
    _link_request()
    _log_review()
    _break_glass()
    _correction()
    _legal_hold()
    _allow_jobs((*JOB_KINDS, *NEW_JOB_KINDS))


def downgrade() -> None:
    """Drop them, last made first; jobs of the new kinds go."""
    job = sa.table("job", sa.column("kind", sa.String))
    op.execute(sa.delete(job).where(job.c.kind.in_(NEW_JOB_KINDS)))
    _allow_jobs(JOB_KINDS)
    for table in reversed(TABLES):
        op.drop_table(table)


def _allow_jobs(kinds: tuple[str, ...]) -> None:
    """The closed list of the column; SQLite copies the table for it."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("job") as table:
        table.drop_constraint(op.f("ck_job_kind"), type_="check")
        table.create_check_constraint(op.f("ck_job_kind"), f"kind IN ({listed})")


def _destruction() -> None:
    op.create_table(
        "destruction",
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "verzoek",
                "bewaartermijn",
                "ingetrokken",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "gevraagd",
                "eerste_akkoord",
                "vernietigd",
                "afgewezen",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_by", sa.Uuid(), nullable=True),
        sa.Column("second_name", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state <> 'vernietigd' OR (second_by IS NOT NULL AND done_at IS NOT NULL)",
            name=op.f("ck_destruction_done_by_two"),
        ),
        sa.CheckConstraint("second_by IS NULL OR second_by <> first_by", name=op.f("ck_destruction_two_people")),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_destruction_asked_by")),
        sa.ForeignKeyConstraint(["first_by"], ["account.id"], name=op.f("fk_destruction_first_by")),
        sa.ForeignKeyConstraint(["gemeente_id"], ["organisation.id"], name=op.f("fk_destruction_gemeente_id")),
        sa.ForeignKeyConstraint(["second_by"], ["account.id"], name=op.f("fk_destruction_second_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
    )
    op.create_index(
        op.f("ix_destruction_gemeente_id_state_due_on"), "destruction", ["gemeente_id", "state", "due_on"], unique=False
    )
    op.create_index(
        "uq_destruction_one_open",
        "destruction",
        ["intake_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('gevraagd', 'eerste_akkoord')"),
        postgresql_where=sa.text("state IN ('gevraagd', 'eerste_akkoord')"),
    )


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("uitnodiging", "herstel", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_invitation_expires_after_made")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_invitation_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(
        op.f("ix_invitation_account_id_created_at"), "invitation", ["account_id", "created_at"], unique=False
    )


def _link_request() -> None:
    op.create_table(
        "link_request",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_link_request_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_request")),
    )
    op.create_index(op.f("ix_link_request_account_id"), "link_request", ["account_id"], unique=False)


def _log_review() -> None:
    op.create_table(
        "log_review",
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("until_seq", sa.Integer(), nullable=False),
        sa.Column("signals", sa.Integer(), nullable=False),
        sa.Column(
            "finding",
            sa.Enum(
                "niets_bijzonders",
                "navraag",
                "gemeld_aan_fg",
                name="finding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(naam) > 0", name=op.f("ck_log_review_named_person")),
        sa.CheckConstraint("until_seq >= from_seq", name=op.f("ck_log_review_period")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_log_review_account_id")),
        sa.ForeignKeyConstraint(["gemeente_id"], ["organisation.id"], name=op.f("fk_log_review_gemeente_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_review")),
    )
    op.create_index(
        op.f("ix_log_review_gemeente_id_reviewed_at"), "log_review", ["gemeente_id", "reviewed_at"], unique=False
    )


def _break_glass() -> None:
    op.create_table(
        "break_glass",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("functie", sa.Text(), nullable=False),
        sa.Column("organisatie", sa.Text(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name=op.f("ck_break_glass_seen_by_a_person")),
        sa.CheckConstraint("length(naam) > 0", name=op.f("ck_break_glass_named_person")),
        sa.CheckConstraint("until > at", name=op.f("ck_break_glass_period")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_break_glass_account_id")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_break_glass_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grant_.id"], name=op.f("fk_break_glass_grant_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name=op.f("fk_break_glass_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    op.create_index(op.f("ix_break_glass_gemeente_id_at"), "break_glass", ["gemeente_id", "at"], unique=False)


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(naam) > 0", name=op.f("ck_correction_named_person")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_correction_account_id")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_correction_gemeente_id_intake_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("intake_id", "number", name=op.f("uq_correction_intake_id_number")),
    )


def _legal_hold() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_legal_hold_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_legal_hold_ended_by")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_legal_hold_gemeente_id_intake_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_intake_id_ended_at"), "legal_hold", ["intake_id", "ended_at"], unique=False)
