"""The identity provider of an organisation, for its functioneel beheerder."""

from flask import Blueprint

blueprint = Blueprint("oidc_settings", __name__, url_prefix="/beheer/inlogdiensten")
