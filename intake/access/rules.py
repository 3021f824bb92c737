"""Who may do what: the one table of rules. Deny by default; what does not stand here is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from intake.access.action import Action
from intake.tables.account import Role
from intake.tables.grant import GrantKind


class Relation(StrEnum):
    """How the actor must stand to the object."""

    OWN_GEMEENTE = "eigen_gemeente"
    """A case of the actor's own gemeente."""
    OWN_ORGANISATION = "eigen_organisatie"
    """Made or owned by the actor's own organisation, or of a case that it filed."""
    ADDRESSED = "geadresseerd"
    """Addressed to the actor's organisation (or travelling with what is), while the referral is active."""
    REFERRAL = "verwijzing"
    """A case that an active referral sent to the actor's organisation."""
    ROUTED = "routering"
    """A case that was shared in the chain with the actor's organisation."""
    REGION = "regio"
    """A case on which the regional expertise function, the actor's organisation, was asked."""
    EMERGENCY = "doorbreken"
    """A case to which this one person has emergency access."""
    ANYWHERE = "overal"
    """Any row, of tables without personal data of clients only."""
    REGION_LOG = "regio_logboek"
    """The log of what concerns no gemeente (log-ins, the program itself), for the organisation of the region."""
    SYSTEM = "systeem"
    """The job worker."""


GRANT_OF = {
    Relation.REFERRAL: GrantKind.VERWIJZING,
    Relation.ADDRESSED: GrantKind.VERWIJZING,
    Relation.ROUTED: GrantKind.ROUTERING,
    Relation.REGION: GrantKind.EXPERTISE,
    Relation.EMERGENCY: GrantKind.DOORBREKEN,
}
"""Relations that rest on a grant, and on which kind."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has `role` may do `action` on objects in `relation`."""

    action: Action
    role: Role
    relation: Relation

    @property
    def id(self) -> str:
        """As the audit log names it (autorisatieProtocol)."""
        return f"{self.action}/{self.role}/{self.relation}"


def _allow(actions: Iterable[Action], roles: Iterable[Role], relations: Iterable[Relation]) -> tuple[Rule, ...]:
    pairs = [(role, relation) for role in roles for relation in relations]
    return tuple(Rule(action, role, relation) for action in actions for role, relation in pairs)


_TEAM = (Role.WIJKTEAMMEDEWERKER, Role.TEAMLEIDER)
_DESK = (Role.REGIONALE_TOEGANG,)
_INTAKE_WORK = (Action.EDIT_INTAKE, Action.WITHDRAW_INTAKE, Action.TAKE_BESLUIT, Action.SUSPEND_TERM)
_CASE_READ = (Action.READ_INTAKE, Action.READ_LETTER, Action.READ_REFERRAL)
_SENDING = (Action.ASK_REVIEW, Action.SEND_REFERRAL, Action.MAKE_LETTER, Action.SHOW_BSN)
_SENT = (Action.WITHDRAW_REFERRAL, Action.EXPLAIN_REFERRAL)
"""For who sent the referral; a desk that received one does not withdraw it in the sender's name."""
_DRAFT_WORK = (
    Action.READ_DRAFT,
    Action.START_DRAFT,
    Action.EDIT_DRAFT,
    Action.DISCARD_DRAFT,
    Action.SUBMIT_INTAKE,
)
_SYSTEM_WORK = (
    Action.RUN_JOB,
    Action.READ_INTAKE,
    Action.READVISE,
    Action.READ_LETTER,
    Action.MAKE_LETTER,
    Action.READ_REFERRAL,
    Action.SEND_REFERRAL,
    Action.WITHDRAW_REFERRAL,
    Action.ASK_REVIEW,
    Action.READ_REVIEW,
    Action.READ_PLACE,
    Action.EDIT_PLACE,
    Action.DISCARD_DRAFT,
    Action.MANAGE_ACCOUNTS,
)
_PEOPLE = (
    *_TEAM,
    *_DESK,
    Role.EXPERTISE,
    Role.AANBIEDER,
    Role.BELEID,
    Role.FUNCTIONEEL_BEHEERDER,
    Role.LOGBEHEERDER,
    Role.FG,
)

RULES: tuple[Rule, ...] = (
    # A melding is worked on in the organisation that took it; a teamleider takes over any of the whole gemeente.
    *_allow(_DRAFT_WORK, (Role.WIJKTEAMMEDEWERKER, *_DESK), (Relation.OWN_ORGANISATION,)),
    *_allow(_DRAFT_WORK, (Role.TEAMLEIDER,), (Relation.OWN_GEMEENTE,)),
    # The gemeente that controls the case.
    *_allow((*_CASE_READ, *_INTAKE_WORK, *_SENDING, *_SENT), _TEAM, (Relation.OWN_GEMEENTE,)),
    # A regional desk: what it filed itself, in full; what was referred to it, as receiver.
    *_allow((*_CASE_READ, *_INTAKE_WORK, *_SENDING, *_SENT), _DESK, (Relation.OWN_ORGANISATION,)),
    # What was referred to a desk it works on as the mandate says; a gemeente reads what was referred to it.
    *_allow((*_CASE_READ, Action.TAKE_BESLUIT, *_SENDING), _DESK, (Relation.REFERRAL,)),
    *_allow((Action.READ_INTAKE,), (*_DESK, *_TEAM), (Relation.ROUTED,)),
    *_allow((Action.READ_INTAKE,), _TEAM, (Relation.REFERRAL,)),
    # The receiver of a referral: that referral and the letter that travels with it. A provider never sees the intake.
    *_allow((Action.READ_REFERRAL, Action.READ_LETTER), (*_TEAM, Role.AANBIEDER), (Relation.ADDRESSED,)),
    *_allow((Action.ANSWER_REFERRAL,), (*_DESK, *_TEAM, Role.AANBIEDER), (Relation.ADDRESSED,)),
    # The regional expertise function: cases on which it was asked.
    *_allow(
        (Action.READ_INTAKE, Action.READ_LETTER, Action.READ_REVIEW, Action.GIVE_REVIEW, Action.SHOW_BSN),
        (Role.EXPERTISE,),
        (Relation.REGION,),
    ),
    # Places, organisations, rules: no client stands in them.
    *_allow((Action.READ_PLACE,), (*_TEAM, *_DESK, Role.EXPERTISE, Role.BELEID), (Relation.ANYWHERE,)),
    *_allow((Action.READ_PLACE, Action.EDIT_PLACE), (Role.AANBIEDER,), (Relation.OWN_ORGANISATION,)),
    *_allow((Action.READ_RULES,), _PEOPLE, (Relation.ANYWHERE,)),
    *_allow((Action.EDIT_RULES, Action.PUBLISH_RULES), (Role.BELEID,), (Relation.ANYWHERE,)),
    # By who manages that organisation itself, and what stands under it; never by who manages a wijkteam under it.
    *_allow(
        (Action.MANAGE_ACCOUNTS, Action.MANAGE_SIGN_IN), (Role.FUNCTIONEEL_BEHEERDER,), (Relation.OWN_ORGANISATION,)
    ),
    # The log and the rights of the client.
    *_allow(
        (Action.READ_AUDIT, Action.REVIEW_AUDIT), (Role.LOGBEHEERDER,), (Relation.OWN_GEMEENTE, Relation.REGION_LOG)
    ),
    *_allow((Action.READ_AUDIT, Action.WHO_LOOKED, Action.DESTROY_FILE), (Role.FG,), (Relation.OWN_GEMEENTE,)),
    *_allow(
        (Action.WHO_LOOKED, Action.EXPORT_FILE, Action.CORRECT_FILE, Action.DESTROY_FILE, Action.RESTRICT_FILE),
        (Role.TEAMLEIDER,),
        (Relation.OWN_GEMEENTE,),
    ),
    # Emergency access: only to read, by a decision of the person, logged and shown.
    *_allow((Action.READ_INTAKE, Action.BREAK_GLASS), (*_TEAM, *_DESK), (Relation.EMERGENCY,)),
    *_allow((Action.READ_REGISTER,), (Role.FG, Role.BELEID, Role.TEAMLEIDER), (Relation.ANYWHERE,)),
    # The job worker.
    *_allow(_SYSTEM_WORK, (Role.SYSTEEM,), (Relation.SYSTEM,)),
)


def _index() -> dict[tuple[Action, Role], tuple[Rule, ...]]:
    found: dict[tuple[Action, Role], tuple[Rule, ...]] = {}
    for rule in RULES:
        found[rule.action, rule.role] = (*found.get((rule.action, rule.role), ()), rule)
    return found


RULES_OF = _index()
"""The rules by action and role."""
