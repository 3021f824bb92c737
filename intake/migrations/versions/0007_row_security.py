"""PostgreSQL keeps the tenants apart by itself: row-level security on all that is about a client."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SYSTEM = "current_setting('toegang.systeem', true) = 'ja'"
GEMEENTE = "NULLIF(current_setting('toegang.gemeente', true), '')::uuid"
ORGANISATIES = "string_to_array(NULLIF(current_setting('toegang.organisaties', true), ''), ',')::uuid[]"
MOMENT = "NULLIF(current_setting('toegang.moment', true), '')::timestamptz"
OWN_ORGANISATION = f"organisation_id = ANY ({ORGANISATIES})"
NO_TENANT = "'00000000-0000-0000-0000-000000000000'::uuid"

OF_CASE = (
    "advice",
    "deadline",
    "suspension",
    "task",
    "event",
    "placement",
    "break_glass",
    "correction",
    "destruction",
    "legal_hold",
)
BY_ORGANISATION = ("besluit", "letter")
"""Of a case too, and made by an organisation that may go on reading its own acts."""
ADDRESSED = ("referral", "expertise")
"""And addressed to another, who may know that it was asked; what is sealed in them it cannot open."""


def upgrade() -> None:
    """Lock the tables, for their owner too. SQLite has no such thing."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in OF_CASE:
        _lock(table, _granted(f"{table}.intake_id"))
    for table in BY_ORGANISATION:
        _lock(table, _granted(f"{table}.intake_id"), also_read=OWN_ORGANISATION)
    for table in ADDRESSED:
        also_read = f"{OWN_ORGANISATION} OR receiver_id = ANY ({ORGANISATIES})"
        _lock(table, _granted(f"{table}.intake_id"), also_read=also_read)
    _lock("intake", _granted("intake.id"), also_read=OWN_ORGANISATION)
    _lock("draft", "false", also_read=OWN_ORGANISATION)
    _lock("case_key", f"{_granted('case_key.zaak_id')} OR gemeente_id = {NO_TENANT}")
    _force("audit_event")
    op.execute(f"CREATE POLICY eigen ON audit_event FOR SELECT USING ({SYSTEM} OR chain_id = {GEMEENTE})")
    op.execute("CREATE POLICY erbij ON audit_event FOR INSERT WITH CHECK (true)")


def downgrade() -> None:
    """Take the locks away."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP POLICY erbij ON audit_event")
    for table in ("audit_event", "case_key", "draft", "intake", *ADDRESSED, *BY_ORGANISATION, *OF_CASE):
        op.execute(f"DROP POLICY eigen ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def _lock(table: str, way_in: str, *, also_read: str = "false") -> None:
    """Rows of the own gemeente, and those to which another way leads; what is only read cannot be moved elsewhere."""
    _force(table)
    write = f"{SYSTEM} OR gemeente_id = {GEMEENTE} OR {way_in}"
    op.execute(f"CREATE POLICY eigen ON {table} USING ({write} OR {also_read}) WITH CHECK ({write})")


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _granted(case: str) -> str:
    """A grant that lives at the moment of the request; one that ends within it counts until its end.

    `case` names its table: a bare name inside the subquery would be a column of the grant itself.
    """
    return (
        f"EXISTS (SELECT 1 FROM grant_ g WHERE g.zaak_id = {case} AND g.organisation_id = ANY ({ORGANISATIES}) "  # noqa: S608 - our own constants
        f"AND g.valid_from <= {MOMENT} AND (g.valid_until IS NULL OR g.valid_until > {MOMENT}) "
        f"AND (g.withdrawn_at IS NULL OR g.withdrawn_at >= {MOMENT}))"
    )
