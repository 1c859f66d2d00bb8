"""The superbills that somebody has to do something about, by what that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.formats import superbill_code
from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import fold
from frontdesk.services.billing.superbills import Missing, SuperbillRow, SuperbillState
from frontdesk.ui.billing import amounts
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.text import tr

_STEPS: tuple[tuple[str, SuperbillState | None], ...] = (
    ("Returned, to enter", SuperbillState.RETURNED),
    ("Entered, to check", SuperbillState.ENTERED),
    ("Checked, to release", SuperbillState.CHECKED),
    ("With the patient", SuperbillState.ISSUED),
    ("Visits without a superbill", None),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a superbill, a visit that has none, or the head above several."""

    key: tuple[str, int]
    patient_id: int = 0
    appointment_id: int = 0
    superbill_id: int | None = None
    patient: str = ""
    provider: str = ""
    service_on: date = date.min
    number: int = 0
    total_cents: int = 0
    state: SuperbillState | None = None
    head: str = ""
    count: int = 0


class SuperbillList(Frame):
    """Groups in the order of the work; `chosen` gives the entry in focus, or None."""

    chosen = Signal(object)
    opened = Signal()
    scanned = Signal(str)
    """A number that the desk's scanner read, or somebody typed, ended by Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("column", parent=parent)
        self.search = SearchBox(tr("Patient, or scan a number"), keys="/", icon="scan-search")
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._entered)
        self._model: ListModel[Entry] = ListModel(_look, key=lambda entry: entry.key)
        self.list: RowList[Entry] = RowList(self._model, says=tr("Superbills"))
        self.list.chosen.connect(self.chosen)
        Offer(self.list, self._amounts)
        self.list.opened.connect(lambda _: self.opened.emit())
        self._groups: list[tuple[str, list[Entry]]] = []
        self.setLayout(column(row(self.search, margins=(12, 8, 12, 8)), self.list, gap=0))

    def show_superbills(self, bills: tuple[SuperbillRow, ...], missing: tuple[Missing, ...]) -> None:
        """The open superbills by step, then the visits that never got one."""
        entries = [_of_bill(bill) for bill in bills]
        entries += [_of_visit(visit) for visit in missing if visit.superbill_id is None]
        self._groups = [
            (tr(words), [entry for entry in entries if entry.state is state]) for words, state in _STEPS
        ]
        self._narrow()

    def first(self) -> Entry | None:
        """The superbill that is next in the order of the work."""
        return next((entry for entry in self._model.rows() if not entry.head), None)

    def choose(self, superbill_id: int) -> bool:
        """Chooses a superbill and says whether it is listed."""
        return self.list.choose(("bill", superbill_id))

    def after(self, key: tuple[str, int]) -> Entry | None:
        """The one below in the list, or the first; a search that leaves no other goes, its work is done."""
        others = self._others(key)
        if not others and self.search.text():
            self.search.clear()
            others = self._others(key)
        return others[0] if others else None

    def _others(self, key: tuple[str, int]) -> list[Entry]:
        rows = [entry for entry in self._model.rows() if not entry.head]
        here = next((n for n, entry in enumerate(rows) if entry.key == key), -1)
        return rows[here + 1 :] + rows[: max(here, 0)]

    def _entered(self) -> None:
        """Enter behind a number reads it in; behind a name it goes to the first that was found."""
        text = self.search.value()
        if superbill_code.typed(text) is not None:
            self.search.clear()
            self.scanned.emit(text)
        elif (first := self.first()) is not None:
            self.list.choose(first.key)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self) -> None:
        words = fold(self.search.text()).split()
        shown: list[Entry] = []
        for title, entries in self._groups:
            found = [
                entry
                for entry in entries
                if all(word in fold(f"{entry.patient} {entry.number} {_said(entry)}") for word in words)
            ]
            if found:
                shown.append(Entry(("head", len(shown)), head=title, count=len(found)))
                shown += found
        self._model.show(shown)

    def _amounts(self) -> Sequence[Amount]:
        entry = self.list.current()
        if entry is None or entry.appointment_id is None:
            return ()
        return amounts.of_visit(entry.appointment_id, entry.patient, entry.total_cents)


def _said(entry: Entry) -> str:
    return superbill_code.written(entry.number) if entry.number else ""


def _of_bill(bill: SuperbillRow) -> Entry:
    return Entry(
        key=("bill", bill.id),
        patient_id=bill.patient_id,
        appointment_id=bill.appointment_id,
        superbill_id=bill.id,
        patient=bill.patient,
        provider=bill.provider,
        service_on=bill.service_on,
        number=bill.number,
        total_cents=bill.total_cents,
        state=bill.state,
    )


def _of_visit(visit: Missing) -> Entry:
    return Entry(
        key=("visit", visit.appointment_id),
        patient_id=visit.patient_id,
        appointment_id=visit.appointment_id,
        patient=visit.patient,
        provider=visit.provider,
        service_on=visit.service_on,
    )


def _look(entry: Entry) -> Item:
    if entry.head:
        return Item(entry.head, trailing=Words(str(entry.count)), is_head=True)
    what = f"{entry.service_on:%m/%d}, {entry.provider}"
    number = tr("No. {number}", number=entry.number) if entry.number else tr("never issued")
    total = ledger(entry.total_cents) if entry.total_cents else ""
    return Item(
        entry.patient,
        ((Words(what), Words(number, "text-3")),),
        trailing=Words(total, "text", role="medium") if total else None,
        strong=True,
    )
