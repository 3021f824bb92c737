"""Every act in the log under the code that NEN 7513 has for it."""

import pytest

from intake.access.action import Action, audit_code
from intake.tables.audit import AuditCode

CREATES = {
    "concept:starten",
    "intake:indienen",
    "besluit:nemen",
    "expertise:vragen",
    "expertise:geven",
    "verwijzing:sturen",
    "brief:maken",
}
READS = {
    "concept:lezen",
    "intake:lezen",
    "intake:bsn_tonen",
    "expertise:lezen",
    "verwijzing:lezen",
    "brief:lezen",
    "plek:lezen",
    "regels:lezen",
    "logboek:lezen",
    "logboek:wie_keek",
    "register:lezen",
}
DELETES = {
    "concept:weggooien",
    "dossier:vernietigen",
}
EXECUTES = {
    "inloggen",
    "intake:doorbreken",
    "dossier:exporteren",
    "taak:uitvoeren",
}


@pytest.mark.parametrize("action", Action)
def test_an_act_is_logged_under_the_code_it_always_had(action):
    expected = AuditCode.UPDATE
    for code, actions in zip(
        (AuditCode.CREATE, AuditCode.READ, AuditCode.DELETE, AuditCode.EXECUTE),
        (CREATES, READS, DELETES, EXECUTES),
        strict=True,
    ):
        expected = code if action.value in actions else expected
    assert audit_code(action) is expected
