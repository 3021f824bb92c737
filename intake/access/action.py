"""Everything that can be done in the house. What each table shows the policy of itself stands in its `AccessPath`."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from intake.tables.access_path import AccessPath
from intake.tables.audit import AuditCode

__all__ = ["FACTOR_WITHIN", "FRESH_FACTOR", "RECENT_FACTOR", "WITHOUT_RULE", "AccessPath", "Action", "audit_code"]


class Action(StrEnum):
    """One act. Each route declares one; each verb asks for one; the audit log names it."""

    PUBLIC = "openbaar"
    """Needs nobody: the login page, static files, health."""
    SIGN_IN = "inloggen"
    """Needs a session, perhaps half: the second factor, logging out."""
    HOME = "start"
    """Needs a full session, no particular role."""
    OWN_ACCOUNT = "account:eigen"
    OWN_FACTOR = "account:tweede_stap"
    """Needs a full session: what makes, shows or takes away one's own second factor."""

    READ_DRAFT = "concept:lezen"
    START_DRAFT = "concept:starten"
    EDIT_DRAFT = "concept:wijzigen"
    DISCARD_DRAFT = "concept:weggooien"
    SUBMIT_INTAKE = "intake:indienen"

    READ_INTAKE = "intake:lezen"
    EDIT_INTAKE = "intake:wijzigen"
    WITHDRAW_INTAKE = "intake:intrekken"
    SHOW_BSN = "intake:bsn_tonen"
    BREAK_GLASS = "intake:doorbreken"
    READVISE = "advies:opnieuw"
    TAKE_BESLUIT = "besluit:nemen"
    SUSPEND_TERM = "termijn:opschorten"

    ASK_REVIEW = "expertise:vragen"
    READ_REVIEW = "expertise:lezen"
    GIVE_REVIEW = "expertise:geven"

    READ_REFERRAL = "verwijzing:lezen"
    SEND_REFERRAL = "verwijzing:sturen"
    WITHDRAW_REFERRAL = "verwijzing:intrekken"
    ANSWER_REFERRAL = "verwijzing:beantwoorden"
    EXPLAIN_REFERRAL = "verwijzing:toelichten"

    READ_LETTER = "brief:lezen"
    MAKE_LETTER = "brief:maken"

    READ_PLACE = "plek:lezen"
    EDIT_PLACE = "plek:wijzigen"

    READ_RULES = "regels:lezen"
    EDIT_RULES = "regels:wijzigen"
    PUBLISH_RULES = "regels:publiceren"

    MANAGE_ACCOUNTS = "account:beheren"
    MANAGE_SIGN_IN = "inlogdienst:beheren"
    """Where the people of an organisation log in: its identity provider."""

    READ_AUDIT = "logboek:lezen"
    REVIEW_AUDIT = "logboek:beoordelen"
    WHO_LOOKED = "logboek:wie_keek"

    EXPORT_FILE = "dossier:exporteren"
    CORRECT_FILE = "dossier:corrigeren"
    DESTROY_FILE = "dossier:vernietigen"
    RESTRICT_FILE = "dossier:beperken"
    """Restrict the processing (AVG art. 18), or mark the client as somebody whom many people know."""
    READ_REGISTER = "register:lezen"
    """The register of processing activities; no client stands in it."""

    RUN_JOB = "taak:uitvoeren"


WITHOUT_RULE = frozenset({Action.PUBLIC, Action.SIGN_IN, Action.HOME, Action.OWN_ACCOUNT, Action.OWN_FACTOR})
"""Actions that need no role; the web decides them by the session alone."""

FRESH_FACTOR = frozenset(
    {
        Action.OWN_FACTOR,
        Action.READ_AUDIT,
        Action.REVIEW_AUDIT,
        Action.MANAGE_ACCOUNTS,
        Action.MANAGE_SIGN_IN,
        Action.EXPORT_FILE,
        Action.DESTROY_FILE,
        Action.BREAK_GLASS,
    }
)
"""Power over others, and what leaves the house: who does it shows now that it is he."""
RECENT_FACTOR = frozenset({Action.SHOW_BSN, Action.CORRECT_FILE, Action.RESTRICT_FILE, Action.PUBLISH_RULES})
"""What weighs for one client, or for all at a later day: a session that was left open is not enough."""
FACTOR_WITHIN: Mapping[Action, timedelta] = {
    **dict.fromkeys(FRESH_FACTOR, timedelta(minutes=5)),
    **dict.fromkeys(RECENT_FACTOR, timedelta(hours=1)),
}
"""How old a second factor may be for an action (ASVS 7.5.3), where second factors are in force."""

_CODES: dict[Action, AuditCode] = {
    Action.START_DRAFT: AuditCode.CREATE,
    Action.SUBMIT_INTAKE: AuditCode.CREATE,
    Action.TAKE_BESLUIT: AuditCode.CREATE,
    Action.ASK_REVIEW: AuditCode.CREATE,
    Action.GIVE_REVIEW: AuditCode.CREATE,
    Action.SEND_REFERRAL: AuditCode.CREATE,
    Action.MAKE_LETTER: AuditCode.CREATE,
    Action.READ_DRAFT: AuditCode.READ,
    Action.READ_INTAKE: AuditCode.READ,
    Action.SHOW_BSN: AuditCode.READ,
    Action.READ_REVIEW: AuditCode.READ,
    Action.READ_REFERRAL: AuditCode.READ,
    Action.READ_LETTER: AuditCode.READ,
    Action.READ_PLACE: AuditCode.READ,
    Action.READ_RULES: AuditCode.READ,
    Action.READ_AUDIT: AuditCode.READ,
    Action.WHO_LOOKED: AuditCode.READ,
    Action.READ_REGISTER: AuditCode.READ,
    Action.PUBLIC: AuditCode.UPDATE,
    Action.HOME: AuditCode.UPDATE,
    Action.OWN_ACCOUNT: AuditCode.UPDATE,
    Action.OWN_FACTOR: AuditCode.UPDATE,
    Action.EDIT_DRAFT: AuditCode.UPDATE,
    Action.EDIT_INTAKE: AuditCode.UPDATE,
    Action.WITHDRAW_INTAKE: AuditCode.UPDATE,
    Action.READVISE: AuditCode.UPDATE,
    Action.SUSPEND_TERM: AuditCode.UPDATE,
    Action.WITHDRAW_REFERRAL: AuditCode.UPDATE,
    Action.ANSWER_REFERRAL: AuditCode.UPDATE,
    Action.EXPLAIN_REFERRAL: AuditCode.UPDATE,
    Action.EDIT_PLACE: AuditCode.UPDATE,
    Action.EDIT_RULES: AuditCode.UPDATE,
    Action.PUBLISH_RULES: AuditCode.UPDATE,
    Action.MANAGE_ACCOUNTS: AuditCode.UPDATE,
    Action.MANAGE_SIGN_IN: AuditCode.UPDATE,
    Action.REVIEW_AUDIT: AuditCode.UPDATE,
    Action.CORRECT_FILE: AuditCode.UPDATE,
    Action.RESTRICT_FILE: AuditCode.UPDATE,
    Action.DISCARD_DRAFT: AuditCode.DELETE,
    Action.DESTROY_FILE: AuditCode.DELETE,
    Action.SIGN_IN: AuditCode.EXECUTE,
    Action.BREAK_GLASS: AuditCode.EXECUTE,
    Action.EXPORT_FILE: AuditCode.EXECUTE,
    Action.RUN_JOB: AuditCode.EXECUTE,
}
"""How the log calls each act (NEN 7513). Whether an act reads follows from its code, so none has a default."""


def audit_code(action: Action) -> AuditCode:
    """The EventActionCode of NEN 7513 for `action`."""
    return _CODES[action]
