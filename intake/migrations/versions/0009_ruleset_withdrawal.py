"""Published rules can be withdrawn before their first day; drafts are looked at outside the request."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from intake.tables.ruleset import (
    IMMUTABLE_SQLITE,
    WITHDRAWAL_IMMUTABLE_POSTGRESQL,
    WITHDRAWAL_IMMUTABLE_SQLITE,
)

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("ruleset_withdrawal", "ruleset_inspection")
JOB_KINDS = ("brief_maken", "verwijzing_verloopt", "urgentie_herzien", "bericht", "concept_verloopt", "logboek_anker")
NEW_JOB_KINDS = ("regels_nagaan",)
DRAFT_KEY = "fk_ruleset_draft_ruleset_id"
ONE_A_DAY = "uq_ruleset_regio_valid_from"
ONE_ISSUE = "uq_ruleset_regio_valid_from_issue"


class HasWithdrawals(RuntimeError):
    """Rules were withdrawn; an older program would let them come into force."""


def upgrade() -> None:
    """Number the sets of a day, make the tables, and allow the new kind of job."""
    _renumber(ONE_A_DAY, ONE_ISSUE, add=True)
    _withdrawal()
    _inspection()
    _allow_jobs((*JOB_KINDS, *NEW_JOB_KINDS))


def downgrade() -> None:
    """Undo it, if nothing was withdrawn; jobs of the new kind go.

    Raises:
        HasWithdrawals: something was.
    """
    if op.get_bind().execute(sa.text("SELECT count(*) FROM ruleset_withdrawal")).scalar():
        raise HasWithdrawals("published rules were withdrawn; an older program would not know")
    job = sa.table("job", sa.column("kind", sa.String))
    op.execute(sa.delete(job).where(job.c.kind.in_(NEW_JOB_KINDS)))
    _allow_jobs(JOB_KINDS)
    for table in reversed(TABLES):
        op.drop_table(table)
    _renumber(ONE_ISSUE, ONE_A_DAY, add=False)


def _renumber(old: str, new: str, *, add: bool) -> None:
    """Another unique key on the published sets. SQLite copies the table, so what points at it lets go meanwhile."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        with op.batch_alter_table("ruleset_draft") as table:
            table.drop_constraint(op.f(DRAFT_KEY), type_="foreignkey")
    with op.batch_alter_table("ruleset") as table:
        table.drop_constraint(op.f(old), type_="unique")
        if add:
            table.add_column(sa.Column("issue", sa.Integer(), nullable=False, server_default="1"))
        else:
            table.drop_column("issue")
        table.create_unique_constraint(op.f(new), ["regio", "valid_from", *(["issue"] if add else [])])
    if sqlite:
        with op.batch_alter_table("ruleset_draft") as table:
            table.create_foreign_key(op.f(DRAFT_KEY), "ruleset", ["ruleset_id"], ["id"])
        for statement in IMMUTABLE_SQLITE:
            op.execute(statement)


def _withdrawal() -> None:
    op.create_table(
        "ruleset_withdrawal",
        sa.Column("ruleset_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_ruleset_withdrawal_ruleset_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_ruleset_withdrawal_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset_withdrawal")),
        sa.UniqueConstraint("ruleset_id", name=op.f("uq_ruleset_withdrawal_ruleset_id")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in WITHDRAWAL_IMMUTABLE_SQLITE if sqlite else WITHDRAWAL_IMMUTABLE_POSTGRESQL:
        op.execute(statement)


def _inspection() -> None:
    op.create_table(
        "ruleset_inspection",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "controle", "verschil", "naspelen", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", _json(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_ruleset_inspection_asked_by")),
        sa.ForeignKeyConstraint(["draft_id"], ["ruleset_draft.id"], name=op.f("fk_ruleset_inspection_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset_inspection")),
        sa.UniqueConstraint("draft_id", "kind", name=op.f("uq_ruleset_inspection_draft_id_kind")),
    )


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _allow_jobs(kinds: tuple[str, ...]) -> None:
    """The closed list of the column; SQLite copies the table for it."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("job") as table:
        table.drop_constraint(op.f("ck_job_kind"), type_="check")
        table.create_check_constraint(op.f("ck_job_kind"), f"kind IN ({listed})")
