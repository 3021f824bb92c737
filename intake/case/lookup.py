"""Finding without reading: keyed hashes (blind indexes) of bsn, surname and address, per tenant.

Equal texts have equal hashes within one tenant and no other, so that a case is found by its bsn, and a colleague who
opens the file of a namesake or neighbour is seen, without a single file being opened. While a tenant gets a new key
for this, old and new hashes stand beside each other and both are looked for.
"""

import hmac
import re
import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.keys.keys import tenant_key, tenant_keys
from intake.tables.intake import Intake
from intake.tables.key import KeyPurpose

POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}", re.ASCII)
BRACKETS = re.compile(r"\([^)]*\)")
NUMBER = re.compile(r"(?:(?<=\s)|^)[0-9]{1,5}", re.ASCII)
PARTICLES = frozenset({"van", "de", "der", "den", "het", "ten", "ter", "te", "el", "al", "von", "la", "le", "du", "t"})
LONGEST = 200


def index_case(session: Session, case: Intake, answers: Mapping[str, Any]) -> None:
    """Put the hashes of these answers with the case, by the newest key of its tenant."""
    version, key = tenant_key(session, case.gemeente_id, KeyPurpose.INDEX)
    bsn, surname, home = answers.get("bsn"), surname_of(str(answers.get("achternaam") or "")), _home_of(answers)
    case.bsn_index = _digest(key, str(bsn)) if bsn else None
    case.achternaam_index = _digest(key, f"achternaam|{surname}") if surname else None
    case.adres_index = _digest(key, f"adres|{home}") if home else None
    case.index_version = version


def cases_with_bsn(session: Session, actor: Actor, bsn: str) -> list[Intake]:
    """The cases of the actor's gemeente with this bsn that the actor may read, newest first; the reading is logged.

    So that nobody has to tell a story again that a colleague knows; of another gemeente nothing is told.
    """
    if actor.tenant_id is None or not bsn:
        return []
    wanted = Intake.bsn_index.in_(digests(session, actor.tenant_id, bsn))
    where = (Intake.gemeente_id == actor.tenant_id, wanted)
    return policy.fetch_all(session, actor, Action.READ_INTAKE, Intake, *where, order_by=[Intake.submitted_at.desc()])


def surname_digests(session: Session, gemeente_id: uuid.UUID, name: str) -> frozenset[bytes]:
    """What `achternaam_index` of a case of this tenant is, when its client has the surname in `name`."""
    surname = surname_of(name)
    return digests(session, gemeente_id, f"achternaam|{surname}") if surname else frozenset()


def home_digests(session: Session, gemeente_id: uuid.UUID, home: str) -> frozenset[bytes]:
    """What `adres_index` of a case of this tenant is, when its client lives at `home` (`home_of`)."""
    return digests(session, gemeente_id, f"adres|{home}") if home else frozenset()


def digests(session: Session, gemeente_id: uuid.UUID, text: str) -> frozenset[bytes]:
    """The hash of `text` by each key that this tenant has for it."""
    return frozenset(_digest(key, text) for _, key in tenant_keys(session, gemeente_id, KeyPurpose.INDEX))


def surname_of(name: str) -> str:
    """The surname in a name, without particles, accents, capitals and signs: 'Piet van den Bérg' gives 'berg'.

    What stands between brackets is a remark, no name: 'Piet Berg (team Noord)' gives 'berg'.
    """
    said = BRACKETS.sub(" ", name.casefold()[:LONGEST])
    words = [word for word in re.split(r"[\s'’]+", said) if _letters(word)]
    plain = [_letters(word) for word in words]
    return plain[-1] if plain and plain[-1] not in PARTICLES else ""


def home_of(postcode: str, house: str) -> str:
    """Postcode and house number in one spelling, '2901AB|12'; empty when they are none."""
    code = "".join(postcode.split()).upper()
    number = NUMBER.search(house[:LONGEST])
    return f"{code}|{int(number.group())}" if number and POSTCODE.fullmatch(code) else ""


def _home_of(answers: Mapping[str, Any]) -> str:
    return home_of(str(answers.get("postcode") or ""), str(answers.get("adres") or ""))


def _letters(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if sign.isalpha())


def _digest(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
