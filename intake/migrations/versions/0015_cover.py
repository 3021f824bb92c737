"""Hidden places: organisations can be marked so, and stand under cover in the rows of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


class StillUnderCover(RuntimeError):
    """Somebody is in a hidden place: the program of before would show where, so it cannot come back."""


def upgrade() -> None:
    """Add the mark and the table. Referrals that stand are put under cover by the daily round."""
    op.add_column("organisation", sa.Column("afgeschermd", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "cover",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("behind", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_cover_organisation_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_cover_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    op.create_index(op.f("ix_cover_organisation_id"), "cover", ["organisation_id"], unique=True)
    op.create_index(op.f("ix_cover_place_id"), "cover", ["place_id"], unique=False)
    op.create_index(op.f("ix_cover_holder"), "cover", ["holder"], unique=False)


def downgrade() -> None:
    """Drop it, while it is empty.

    Raises:
        StillUnderCover: a referral names a cover.
    """
    if op.get_bind().execute(sa.text("SELECT 1 FROM cover LIMIT 1")).first() is not None:
        raise StillUnderCover("een verwijzing staat onder een schuilnaam; ga niet terug naar een ouder programma")
    op.drop_table("cover")
    op.drop_column("organisation", "afgeschermd")
