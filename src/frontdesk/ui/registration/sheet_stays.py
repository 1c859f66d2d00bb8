"""Temporary addresses: a summer, a stay with family; each from one day to another."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration import addresses
from frontdesk.services.registration.drafts import AddressDraft, AddressKind
from frontdesk.services.visit.patient_sheet import PatientSheet, Stay
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.registration.fields import ZipEdit
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ROWS_HEIGHT = 92


class StaysCard(Panel):
    """What holds now or will; mail goes there while it holds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self.card = Card(tr("Temporary addresses"), "luggage")
        self.model = TableModel[Stay](
            [
                Column(tr("Address"), lambda each: Cell(addresses.one_line(each.address), role="strong")),
                Column(tr("From"), lambda each: us_date(each.first_day), width=110),
                Column(tr("To"), lambda each: us_date(each.last_day) if each.last_day else "", width=110),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Temporary addresses"))
        self.table.setMinimumHeight(theme().px(_ROWS_HEIGHT))
        self.add_button = Button(tr("Add a stay"), height="small", icon="plus")
        self.end_button = Button(tr("End it today"), height="small", icon="ban")
        self.card.add_to_head(self.add_button, self.end_button)
        self.add_button.clicked.connect(self.add)
        self.end_button.clicked.connect(self.end)
        self.table.chosen.connect(self._chose)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self._chose(None)

    def show_sheet(self, sheet: PatientSheet) -> None:
        self.model.show(sheet.stays)
        self._chose(self.table.current())

    def add(self) -> None:
        if self.patient_id is not None:
            StayDialog(self, self.desk, self._add).open()

    def end(self) -> None:
        """Today is its last day; one that has not begun is taken back."""
        chosen = self.table.current()
        if chosen is not None:
            self.desk.do(self, self._done, addresses.end_stay, address_id=chosen.id, last_day=self.desk.today)

    def _add(self, dialog: "StayDialog") -> None:
        assert self.patient_id is not None
        self.desk.do(
            dialog,
            lambda _: dialog.accept(),
            addresses.stay,
            patient_id=self.patient_id,
            draft=dialog.draft(),
            first_day=dialog.first.value() or self.desk.today,
            last_day=dialog.last.value(),
        )

    def _done(self, _: object) -> None:
        self.clear_complaints()

    def _chose(self, chosen: Stay | None) -> None:
        self.end_button.setEnabled(chosen is not None)


class StayDialog(Dialog):
    """Where, and from when to when."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[["StayDialog"], object]) -> None:
        super().__init__(parent, tr("Where is the patient for a while?"), width=600)
        self._then = then
        self.street, self.unit, self.city, self.state = TextEdit(), TextEdit(), TextEdit(), TextEdit()
        self.zip = ZipEdit(desk, self.city, self.state)
        self.first = DateEdit(century_ends=desk.today.year + 50)
        self.last = DateEdit(century_ends=desk.today.year + 50)
        self.first.set_value(desk.today)
        self.form = Form()
        self.form.add("street", tr("Street"), self.street, span=9)
        self.form.add("unit", tr("Unit"), self.unit, span=3)
        self.form.add("postal_code", tr("ZIP"), self.zip, span=3)
        self.form.add("city", tr("City"), self.city, span=6)
        self.form.add("state", tr("State"), self.state, span=3)
        self.form.add("first_day", tr("First day"), self.first, span=6)
        self.form.add("last_day", tr("Last day, if it is known"), self.last, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Add the stay"), self._try, kind="primary", closes=False)
        self.add_verb(tr("Add nothing"), keys="Esc")
        self.street.setFocus()

    def draft(self) -> AddressDraft:
        """The address as typed."""
        return AddressDraft(
            self.street.value(),
            self.city.value(),
            self.state.value(),
            self.zip.value(),
            self.unit.value(),
            AddressKind.TEMPORARY,
        )

    def _try(self) -> None:
        if self.form.check():
            self._then(self)
