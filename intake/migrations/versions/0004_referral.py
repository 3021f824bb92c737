"""Referrals, places, the timeline, letters, jobs and messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from intake.tables.letter import IMMUTABLE_DROP_POSTGRESQL, IMMUTABLE_POSTGRESQL, IMMUTABLE_SQLITE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("job", "idempotency", "message", "place", "referral", "event", "letter", "placement")

STATES = (
    "voorstel",
    "besproken_met_client",
    "verzonden",
    "teruggevraagd",
    "geaccepteerd",
    "geweigerd",
    "verlopen",
    "ingetrokken",
    "escalatie_regioadviseur",
    "geschil",
    "overgedragen",
    "aankomst_bevestigd",
)
REASONS = (
    "geen_plek",
    "veiligheid_groep",
    "zorgvraag_te_zwaar",
    "zorgvraag_te_licht",
    "eisen_passen_niet",
    "client_wil_niet",
    "anders",
)


def upgrade() -> None:
    """Make the tables."""
    _job()
    _idempotency()
    _message()
    _place()
    _referral()
    _event()
    _letter()
    _placement()
    for statement in IMMUTABLE_SQLITE if op.get_bind().dialect.name == "sqlite" else IMMUTABLE_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, last made first."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in IMMUTABLE_DROP_POSTGRESQL:
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _job() -> None:
    op.create_table(
        "job",
        sa.Column(
            "kind",
            sa.Enum(
                "brief_maken",
                "verwijzing_verloopt",
                "urgentie_herzien",
                "bericht",
                "concept_verloopt",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "wacht",
                "bezig",
                "klaar",
                "opgegeven",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=80), nullable=True),
        sa.Column("once", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_job_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_state_run_at"), "job", ["state", "run_at"], unique=False)
    op.create_index("uq_job_once", "job", ["once"], unique=True)


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("body_hash", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_idempotency_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_idempotency_account_id_key")),
    )
    op.create_index(op.f("ix_idempotency_created_at"), "idempotency", ["created_at"], unique=False)


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_message_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_account_id_read_at"), "message", ["account_id", "read_at"], unique=False)
    op.create_index(op.f("ix_message_organisation_id_read_at"), "message", ["organisation_id", "read_at"], unique=False)


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("voorziening", sa.String(length=40), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("kenmerken", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("min_leeftijd", sa.Integer(), nullable=False),
        sa.Column("max_leeftijd", sa.Integer(), nullable=False),
        sa.Column("kinderen", sa.Boolean(), nullable=False),
        sa.Column("capaciteit", sa.Integer(), nullable=False),
        sa.Column("bezet", sa.Integer(), nullable=False),
        sa.Column("wachtweken", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "dicht", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("bezet <= capaciteit", name=op.f("ck_place_bezet_within_capaciteit")),
        sa.CheckConstraint("bezet >= 0", name=op.f("ck_place_bezet_not_negative")),
        sa.CheckConstraint("capaciteit >= 0", name=op.f("ck_place_capaciteit_not_negative")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_place_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("organisation_id", "naam", name=op.f("uq_place_organisation_id_naam")),
    )
    op.create_index(op.f("ix_place_voorziening_state"), "place", ["voorziening", "state"], unique=False)


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("besluit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("verwijzing", "overdracht", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("voorziening", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            _one_of("state", STATES),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("respond_by", sa.Date(), nullable=False),
        sa.Column(
            "reden",
            _one_of("reden", REASONS),
            nullable=True,
        ),
        sa.Column("reden_toelichting", sa.LargeBinary(), nullable=True),
        sa.Column("vraag", sa.LargeBinary(), nullable=True),
        sa.Column("antwoord", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_name", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_referral_keys(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    _referral_indexes()


def _referral_keys() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "state <> 'geaccepteerd' OR answered_by IS NOT NULL", name=op.f("ck_referral_accepted_by_a_person")
        ),
        sa.CheckConstraint("state <> 'geweigerd' OR reden IS NOT NULL", name=op.f("ck_referral_refusal_has_reason")),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_referral_answered_by")),
        sa.ForeignKeyConstraint(["besluit_id"], ["besluit.id"], name=op.f("fk_referral_besluit_id")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_referral_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_referral_organisation_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_referral_place_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["referral.id"], name=op.f("fk_referral_previous_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organisation.id"], name=op.f("fk_referral_receiver_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_referral_sent_by")),
    ]


def _referral_indexes() -> None:
    op.create_index(op.f("ix_referral_intake_id"), "referral", ["intake_id"], unique=False)
    op.create_index(
        op.f("ix_referral_receiver_id_state_respond_by"),
        "referral",
        ["receiver_id", "state", "respond_by"],
        unique=False,
    )
    op.create_index(
        "uq_referral_one_open",
        "referral",
        ["intake_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_event_account_id")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_event_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_event_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_intake_id_at"), "event", ["intake_id", "at"], unique=False)


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column(
            "kind",
            sa.Enum(
                "ontvangstbevestiging", "verwijzing", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("taal", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "wordt_gemaakt", "klaar", "mislukt", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("besluit_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'klaar') = (pdf IS NOT NULL AND sha256 IS NOT NULL)", name=op.f("ck_letter_ready_has_pdf")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_letter_asked_by")),
        sa.ForeignKeyConstraint(["besluit_id"], ["besluit.id"], name=op.f("fk_letter_besluit_id")),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_letter_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_letter_organisation_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_letter_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_intake_id"), "letter", ["intake_id"], unique=False)


def _placement() -> None:
    op.create_table(
        "placement",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("traject", "overbrugging", name="purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "gereserveerd",
                "bezet",
                "vrijgegeven",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gemeente_id", "intake_id"],
            ["intake.gemeente_id", "intake.id"],
            name=op.f("fk_placement_gemeente_id_intake_id"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_placement_place_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_placement_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_place_id_state"), "placement", ["place_id", "state"], unique=False)
    op.create_index(
        "uq_placement_one_active",
        "placement",
        ["intake_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("state IN ('gereserveerd', 'bezet')"),
        postgresql_where=sa.text("state IN ('gereserveerd', 'bezet')"),
    )
