"""Messages are kept as what happened, to which case and about whom; the sentence is made when somebody reads it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

message = sa.table("message", sa.column("text", sa.Text()), sa.column("reference", sa.String()))
_LESS = sa.func.coalesce(
    message.c.reference + ": er is iets gebeurd. Open de zaak.", "Er is iets gebeurd. Kijk op uw startpagina."
)
"""What a message says to a program that knows no kinds, and cannot make its sentence."""


def upgrade() -> None:
    """Every message that is there keeps its text, as one that was written down."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="opgeschreven"))
        table.add_column(sa.Column("reference", sa.String(length=11), nullable=True))
        table.add_column(sa.Column("about_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("words", json, nullable=False, server_default="{}"))
        table.alter_column("text", existing_type=sa.Text(), nullable=True)
        table.create_foreign_key(op.f("fk_message_about_id"), "organisation", ["about_id"], ["id"])
        table.create_index(op.f("ix_message_about_id"), ["about_id"])
    with op.batch_alter_table("message") as table:
        table.alter_column("kind", existing_type=sa.String(length=40), server_default=None)
        table.alter_column("words", existing_type=json, server_default=None)


def downgrade() -> None:
    """A message with a kind keeps its number and says that something happened: its page tells what."""
    op.execute(message.update().where(message.c.text.is_(None)).values(text=_LESS))
    with op.batch_alter_table("message") as table:
        table.drop_index(op.f("ix_message_about_id"))
        table.drop_constraint(op.f("fk_message_about_id"), type_="foreignkey")
        table.alter_column("text", existing_type=sa.Text(), nullable=False)
        for column in ("words", "about_id", "reference", "kind"):
            table.drop_column(column)
