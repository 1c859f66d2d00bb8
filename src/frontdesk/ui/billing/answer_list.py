"""The claims of a remittance in a table, with the sums of its columns as the last row."""

from frontdesk.kernel.money import ledger
from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState
from frontdesk.ui.billing.claim_look import StateLook
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.table import Column, TableModel
from frontdesk.ui.text import tr

LOOK: dict[AnswerState, StateLook] = {
    AnswerState.MATCHED: StateLook("Matched", "circle-check", "ok"),
    AnswerState.REVIEW: StateLook("Review", "triangle-alert", "warn"),
    AnswerState.DENIED: StateLook("Denied", "circle-x", "block"),
    AnswerState.REVERSAL: StateLook("Taken back", "undo-2", "warn"),
    AnswerState.UNAPPLIED: StateLook("Unapplied", "piggy-bank", "neutral"),
    AnswerState.NO_MATCH: StateLook("No match", "circle-question-mark", "block"),
}
_TOTAL = 0


def model() -> TableModel[AnswerRow]:
    """State, claim, patient, visit, billed, write-off, patient's share, other, paid."""
    return TableModel[AnswerRow](
        [
            Column("State", _state, width=124),
            Column("Claim", _claim, width=66),
            Column("Patient", lambda answer: answer.patient),
            Column("Visit", _visit, width=60),
            Column("Billed", lambda answer: _amount(answer, answer.charge_cents), width=84, align="right"),
            Column(
                "Write-off", lambda answer: _amount(answer, answer.contract_cents), width=84, align="right"
            ),
            Column(
                "Pt. share", lambda answer: _amount(answer, answer.patient_cents), width=84, align="right"
            ),
            Column("Other", lambda answer: _amount(answer, answer.other_cents), width=78, align="right"),
            Column("Paid", _paid, width=88, align="right"),
        ],
        key=lambda answer: answer.id,
    )


def is_total(answer: AnswerRow) -> bool:
    """Whether it is the row of the sums."""
    return answer.id == _TOTAL


def first_to_look_at(answers: tuple[AnswerRow, ...]) -> int | None:
    """The id of the answer that wants a person most; the first where none does."""
    states = (AnswerState.NO_MATCH, AnswerState.REVIEW, AnswerState.DENIED)
    wanted = [answer for state in states for answer in answers if answer.state is state]
    first = next(iter(wanted or answers), None)
    return first.id if first is not None else None


def _state(answer: AnswerRow) -> Cell:
    if is_total(answer):
        return Cell(answer.claim_number, role="strong")
    look = LOOK[answer.state]
    if answer.state is AnswerState.MATCHED:
        return Cell(tr(look.words), icon=look.icon, icon_color="ok", color="text-2")
    ink = draw.text_token(look.tone)
    return Cell(tr(look.words), "strong", ink, icon=look.icon, icon_color=draw.mark_token(look.tone))


def _claim(answer: AnswerRow) -> Cell:
    if is_total(answer):
        return Cell("")
    if answer.claim_id is None:
        return Cell("–", color="text-3", spoken=tr("no claim"))
    return Cell(answer.claim_number.partition("-")[2] or answer.claim_number)


def _visit(answer: AnswerRow) -> Cell:
    return Cell(f"{answer.served_on:%m/%d}" if answer.served_on else "", color="text-2")


def _amount(answer: AnswerRow, cents: int) -> Cell:
    if not cents:
        return Cell("–", color="text-3", spoken=tr("nothing"))
    return Cell(ledger(cents), role="strong" if is_total(answer) else "body")


def _paid(answer: AnswerRow) -> Cell:
    return Cell(ledger(answer.paid_cents), role="strong")
