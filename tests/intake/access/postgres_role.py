"""The role under which the application works in production: no superuser, no owner, nothing past the lock."""

from sqlalchemy import create_engine, text

ROLE = "toegang_app"


def make_app_role(url: str) -> str:
    """Make the role and give it what it needs in the database at this address; the address again."""
    engine = create_engine(url)
    with engine.begin() as owner:
        if not owner.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": ROLE}):
            owner.execute(text(f"CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS"))
        owner.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}"))
        owner.execute(text(f"REVOKE UPDATE, DELETE ON audit_event FROM {ROLE}"))
    engine.dispose()
    return url
