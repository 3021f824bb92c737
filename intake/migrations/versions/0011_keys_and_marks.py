"""Keys in versions for the log and for finding, marks on a case, and a log whose rows are complete."""

import sqlalchemy as sa
from alembic import op

from intake.tables.audit import COMPLETE_DROP_POSTGRESQL, COMPLETE_POSTGRESQL, COMPLETE_SQLITE

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SYSTEM = "current_setting('toegang.systeem', true) = 'ja'"
GEMEENTE = "NULLIF(current_setting('toegang.gemeente', true), '')::uuid"


def upgrade() -> None:
    """Add the columns and make the tables; the hashes of the cases that are there are made later, by the daily job."""
    op.add_column("tenant_key", sa.Column("from_seq", sa.Integer(), nullable=True))
    op.add_column("audit_head", sa.Column("key_version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("intake", sa.Column("achternaam_index", sa.LargeBinary(), nullable=True))
    op.add_column("intake", sa.Column("adres_index", sa.LargeBinary(), nullable=True))
    op.add_column("intake", sa.Column("index_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("account", sa.Column("woonadres", sa.LargeBinary(), nullable=True))
    _case_mark()
    _restricted_case()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in COMPLETE_SQLITE if sqlite else COMPLETE_POSTGRESQL:
        op.execute(statement)
    if not sqlite:
        op.execute("ALTER TABLE case_mark ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE case_mark FORCE ROW LEVEL SECURITY")
        ours = f"{SYSTEM} OR gemeente_id = {GEMEENTE}"
        op.execute(f"CREATE POLICY eigen ON case_mark USING ({ours}) WITH CHECK ({ours})")


def downgrade() -> None:
    """Take it all away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_complete")
    else:
        for statement in COMPLETE_DROP_POSTGRESQL:
            op.execute(statement)
        op.execute("DROP POLICY eigen ON case_mark")
    op.drop_table("restricted_case")
    op.drop_table("case_mark")
    op.drop_column("account", "woonadres")
    for column in ("index_version", "adres_index", "achternaam_index"):
        op.drop_column("intake", column)
    op.drop_column("audit_head", "key_version")
    op.drop_column("tenant_key", "from_seq")


def _case_mark() -> None:
    op.create_table(
        "case_mark",
        sa.Column(
            "kind",
            sa.Enum("beperkt", "bekend_persoon", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_name", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.LargeBinary(), nullable=True),
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(naam) > 0", name=op.f("ck_case_mark_named_person")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)",
            name=op.f("ck_case_mark_ended_with_reason"),
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_case_mark_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_case_mark_ended_by")),
        _of_case("case_mark"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_mark")),
    )
    op.create_index(
        "uq_case_mark_one_of_each",
        "case_mark",
        ["intake_id", "kind"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _restricted_case() -> None:
    op.create_table(
        "restricted_case",
        sa.Column("gemeente_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        _of_case("restricted_case"),
        sa.PrimaryKeyConstraint("intake_id", name=op.f("pk_restricted_case")),
    )


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["gemeente_id", "intake_id"],
        ["intake.gemeente_id", "intake.id"],
        name=op.f(f"fk_{table}_gemeente_id_intake_id"),
    )
