"""What came of a decision, in the words that the page says after it."""

from intake.dossier.deciding import Decided
from intake.tables.besluit import BesluitKind
from intake.web.frame import words


def decided(done: Decided) -> str:
    """What came of a decision: recorded, what ended by it, to whom the case went, in sentences."""
    made = done.besluit
    if made.kind is BesluitKind.OVERBRUGGING:
        first, last = "Uw besluit over vannacht is vastgelegd.", ""
    else:
        how = "u wijkt af van het advies" if made.wijkt_af else "u volgt het advies"
        first, last = f"Uw besluit is vastgelegd: {how}.", "De brief wordt gemaakt."
    ended = [f"De verwijzing naar {one.receiver} is ingetrokken." for one in done.ended.unanswered]
    ended += [f"{one.receiver} is gevraagd de plek vrij te geven." for one in done.ended.placed]
    return " ".join(part for part in (first, *ended, *_sent_on(done), last) if part)


def _sent_on(done: Decided) -> list[str]:
    if done.sent is None:
        return ["U verwijst zelf."]
    found = [words.sent(one) for one in done.sent]
    return [*found, "Stel nu de overdracht aan de andere regio voor."] if done.hands_over else found
