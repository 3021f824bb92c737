"""The pages for logging in, the own account, and where an organisation logs in."""

from intake.web.login import account, invitation, login, passkey, providers, sso

BLUEPRINTS = (
    account.blueprint,
    invitation.blueprint,
    login.blueprint,
    passkey.blueprint,
    providers.blueprint,
    sso.blueprint,
)

__all__ = ["BLUEPRINTS"]
