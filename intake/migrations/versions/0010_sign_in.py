"""Logging in through the identity provider of an organisation, and with passkeys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("identity_provider", "linked_identity", "passkey", "spent_token")
SESSION_KEY = "fk_login_session_provider_id"


def upgrade() -> None:
    """Make the tables; a session knows through which provider it began."""
    _identity_provider()
    _linked_identity()
    _passkey()
    _spent_token()
    with op.batch_alter_table("login_session") as table:
        table.add_column(sa.Column("provider_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f(SESSION_KEY), "identity_provider", ["provider_id"], ["id"])


def downgrade() -> None:
    """Drop them, last made first."""
    with op.batch_alter_table("login_session") as table:
        table.drop_constraint(op.f(SESSION_KEY), type_="foreignkey")
        table.drop_column("provider_id")
    for name in reversed(TABLES):
        op.drop_table(name)


def _list_of_texts() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _identity_provider() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=True),
        sa.Column("second_factor_values", _list_of_texts(), nullable=False),
        sa.Column("domains", _list_of_texts(), nullable=False),
        sa.Column("obliged", sa.Boolean(), nullable=False),
        sa.Column("emergency_account_id", sa.Uuid(), nullable=True),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("tot IS NULL OR tot >= van", name=op.f("ck_identity_provider_tot_after_van")),
        sa.CheckConstraint(
            "NOT obliged OR emergency_account_id IS NOT NULL", name=op.f("ck_identity_provider_obliged_has_emergency")
        ),
        sa.ForeignKeyConstraint(
            ["emergency_account_id"], ["account.id"], name=op.f("fk_identity_provider_emergency_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_identity_provider_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_provider")),
    )
    op.create_index(
        op.f("ix_identity_provider_organisation_id"), "identity_provider", ["organisation_id"], unique=False
    )


def _linked_identity() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("sub", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_linked_identity_account_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["identity_provider.id"], name=op.f("fk_linked_identity_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint("account_id", "issuer", name=op.f("uq_linked_identity_account_id_issuer")),
        sa.UniqueConstraint("issuer", "sub", name=op.f("uq_linked_identity_issuer_sub")),
    )
    op.create_index(op.f("ix_linked_identity_provider_id"), "linked_identity", ["provider_id"], unique=False)


def _passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_passkey_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"], unique=False)


def _spent_token() -> None:
    op.create_table(
        "spent_token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent_token")),
    )
    op.create_index(op.f("ix_spent_token_spent_at"), "spent_token", ["spent_at"], unique=False)
