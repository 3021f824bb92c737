"""The words of post that leaves the house."""

from collections.abc import Mapping

from intake.post import Notice, Problem
from intake.tables.outgoing import Channel, OutgoingState
from intake.web.frame.words.mark import Mark

NOTICE: Mapping[str, str] = {
    Notice.NIEUW_APPARAAT: "Inloggen op een nieuw apparaat",
    Notice.RECHTEN: "Rechten of tweede stap",
    Notice.SPOEDTOEGANG: "Spoedtoegang tot een dossier",
}
CHANNEL: Mapping[str, str] = {Channel.MAIL: "mail", Channel.SMS: "sms"}
POST_STATE: Mapping[str, Mark] = {
    OutgoingState.WACHT: Mark("Wacht", "info"),
    OutgoingState.VERSTUURD: Mark("Verstuurd", "success"),
    OutgoingState.TERUG: Mark("Kwam terug", "warning"),
}
PROBLEM: Mapping[str, str] = {
    Problem.NIET_INGESTELD: "Er is geen mailserver of sms-dienst ingesteld.",
    Problem.ADRES_GEWEIGERD: "Het adres of nummer bestaat niet.",
    Problem.INHOUD_GEWEIGERD: "De mailserver wilde dit bericht niet.",
    Problem.AANMELDEN_GEWEIGERD: "De mailserver of sms-dienst kent ons niet: naam, wachtwoord of sleutel klopt niet.",
    Problem.TE_VAAK_GEPROBEERD: "De mailserver of sms-dienst gaf twee uur lang geen antwoord.",
}
