"""The tables of an account's ledger: what was charged and what became of it, and what is to the good."""

from collections.abc import Callable

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing.household_ledger import LedgerCredit, LedgerLine
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.table import Column, TableModel
from frontdesk.ui.text import tr

FIRST_TO_GO = ("Adjusted", "Patient paid", "Insurer paid", "Patient")


def lines() -> TableModel[LedgerLine]:
    """The newest visit first; what was voided stands there too."""
    return TableModel[LedgerLine](
        [
            Column("Date", lambda each: Cell(us_date(each.line.service_on), color=_color(each)), width=92),
            Column("Patient", lambda each: Cell(each.patient, color=_color(each)), width=140),
            Column("Service", _service),
            _amount("Charged", lambda each: each.line.charged_cents),
            _amount("Insurer paid", lambda each: each.line.payer_paid_cents),
            _amount("Patient paid", lambda each: each.line.patient_paid_cents),
            _amount("Adjusted", lambda each: each.line.adjusted_cents),
            _amount("Insurer owes", lambda each: each.line.payer_cents, is_strong=True),
            _amount("Patient owes", lambda each: each.line.patient_cents, is_strong=True),
        ],
        key=lambda each: each.line.charge_line_id,
    )


def credits() -> TableModel[LedgerCredit]:
    """The oldest receipt first."""
    return TableModel[LedgerCredit](
        [
            Column("Received", lambda each: us_date(each.received_on), width=92),
            Column("Patient", lambda each: each.patient, width=140),
            Column("Credit", _held),
            Column(
                "Left", lambda each: Cell(ledger(each.credit.left_cents), "strong"), width=96, align="right"
            ),
        ],
        key=lambda each: (each.credit.receipt_id, each.credit.patient_id, each.credit.appointment_id),
    )


def _amount(title: str, cents: Callable[[LedgerLine], int], *, is_strong: bool = False) -> Column[LedgerLine]:
    def cell(each: LedgerLine) -> Cell:
        shown = 0 if each.line.is_void else cents(each)
        words = ledger(shown) if shown else ""
        return Cell(words, "strong" if is_strong else "body", _color(each))

    return Column(title, cell, width=92, align="right")


def _service(each: LedgerLine) -> Cell:
    line = each.line
    words = line.label if line.code == "FEE" else f"{line.code}  {line.label}"
    if line.is_void:
        return Cell(words, color="text-3", detail=tr("void"))
    if each.came_from:
        return Cell(words, "strong", detail=tr("came from {account}", account=each.came_from))
    if each.moved_cents:
        return Cell(words, "strong", detail=tr("{amount} moved", amount=ledger(each.moved_cents)))
    return Cell(words, "strong")


def _held(each: LedgerCredit) -> Cell:
    words = tr("Receipt {number}", number=each.number)
    if each.held_on is None:
        return Cell(words, "strong", detail=tr("free"))
    return Cell(words, "strong", detail=tr("held for the visit of {day}", day=us_date(each.held_on)))


def _color(each: LedgerLine) -> str:
    return "text-3" if each.line.is_void else "text"
