"""`/brieven/{id}`: the letter as it was made."""

from intake import letters
from intake.access import Action
from intake.api.frame.operation import Answer, Call, Operation


def show(call: Call) -> Answer:
    """The PDF.

    Raises:
        NotFound: no such letter, or not for this caller.
        LetterNotReady: it is still being made, or something must be mended first.
    """
    found = letters.open_letter(call.session, call.actor, call.row_id)
    return Answer(found.pdf, headers={"Content-Disposition": f'attachment; filename="{found.filename}"'})


OPERATIONS = (
    Operation(
        name="briefOpvragen",
        method="GET",
        path="/brieven/{id}",
        action=Action.READ_LETTER,
        summary="De bewaarde brief als PDF.",
        run=show,
        answers={200: None},
        refuses=(404, 409),
    ),
)
