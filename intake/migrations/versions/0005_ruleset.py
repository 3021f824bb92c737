"""Drafts of rule sets, published versions, and with each advice what it was made with."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from intake.tables.ruleset import IMMUTABLE_DROP_POSTGRESQL, IMMUTABLE_POSTGRESQL, IMMUTABLE_SQLITE

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("ruleset", "ruleset_draft")
RECEIPT = ("facts_hash", "form_version", "engine")


def upgrade() -> None:
    """Make the tables and the columns of the receipt."""
    _ruleset()
    _draft()
    for column in RECEIPT:
        op.add_column("advice", sa.Column(column, sa.Text(), nullable=True))
    for statement in IMMUTABLE_SQLITE if op.get_bind().dialect.name == "sqlite" else IMMUTABLE_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, last made first."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in IMMUTABLE_DROP_POSTGRESQL:
            op.execute(statement)
    for column in reversed(RECEIPT):
        op.drop_column("advice", column)
    for table in reversed(TABLES):
        op.drop_table(table)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _ruleset() -> None:
    op.create_table(
        "ruleset",
        sa.Column("regio", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("own", _json(), nullable=False),
        sa.Column("shared", _json(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_ruleset_period")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_ruleset_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset")),
        sa.UniqueConstraint("regio", "valid_from", name=op.f("uq_ruleset_regio_valid_from")),
    )
    op.create_index(op.f("ix_ruleset_hash"), "ruleset", ["hash"], unique=False)


def _draft() -> None:
    op.create_table(
        "ruleset_draft",
        sa.Column("regio", sa.String(length=60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("based_on", sa.String(length=80), nullable=False),
        sa.Column("based_on_hash", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "gepubliceerd", "weggegooid", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("own", _json(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("editors", _json(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("ruleset_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'gepubliceerd') = (ruleset_id IS NOT NULL)",
            name=op.f("ck_ruleset_draft_published_has_ruleset"),
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_ruleset_draft_changed_by")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_ruleset_draft_created_by")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_ruleset_draft_ruleset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset_draft")),
    )
    op.create_index(op.f("ix_ruleset_draft_regio_state"), "ruleset_draft", ["regio", "state"], unique=False)
