"""What a table shows the policy of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPath:
    """Where a table keeps what the policy looks at: names of its columns; empty when it has none.

    A table says it once, as class attribute, and needs to know nothing else of the policy:

        class Referral(Identified, Base):
            __access__: ClassVar = AccessPath(gemeente="gemeente_id", zaak="intake_id", ontvanger="receiver_id")

    Attributes:
        gemeente: the controlling gemeente (tenant).
        zaak: the submitted case to which grants are given (`id` on the intake itself).
        organisatie: the organisation that made or owns the row (the wijkteam of a draft, the provider of a place).
        ontvanger: the organisation to which the row is addressed.
        verwijzing: the referral with which the row travels, when it is itself addressed to nobody (a letter).
        account: the person whose own row it is.
        persoonsgegevens: False only for tables without any personal data of clients; only those can be read by
            everybody in the region.
    """

    gemeente: str = ""
    zaak: str = ""
    organisatie: str = ""
    ontvanger: str = ""
    verwijzing: str = ""
    account: str = ""
    persoonsgegevens: bool = True


def path_of(model: type[object]) -> AccessPath:
    """Where rows of `model` keep what the policy looks at; the empty path, which fits no rule, when it says nothing."""
    path: AccessPath = getattr(model, "__access__", AccessPath())
    return path
