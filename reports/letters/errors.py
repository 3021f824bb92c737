"""What can be wrong with a letter. Each message is Dutch and says what to do."""

from collections.abc import Sequence


class LetterError(Exception):
    """A letter cannot be made."""


class MissingLetterData(LetterError):
    """The letter would have holes.

    Attributes:
        fields: dotted names of everything that is missing, in the order of the letter.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(f"De brief kan nog niet worden gemaakt. Vul dit eerst aan: {', '.join(self.fields)}.")


class ContradictoryLetterData(LetterError):
    """The letter would say something that cannot be true."""


class LetterTextTooLong(LetterError):
    """One field holds more text than a letter can carry.

    Attributes:
        field: dotted name of the field.
    """

    def __init__(self, field: str, limit: str) -> None:
        self.field = field
        super().__init__(f"De tekst bij '{field}' is te lang voor een brief. Maak de tekst korter: hooguit {limit}.")


class ProtectedDataInLetter(LetterError):
    """A text names the secret place or address of somebody who must stay hidden.

    Attributes:
        fields: dotted names of the texts that would give the place away.
    """

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(
            "Deze brief is afgeschermd, maar noemt een geheim adres of een geheime plek. "
            f"Haal die naam of dat adres weg uit: {', '.join(self.fields)}."
        )


class UnknownLanguage(LetterError):
    """There is no letter in this language."""

    def __init__(self, taal: str, known: Sequence[str]) -> None:
        super().__init__(f"Er is geen brief in de taal '{taal}'. Kies uit: {', '.join(known)}.")


class RendererUnavailable(LetterError):
    """The libraries that make a PDF are not on this machine; everything else goes on."""
