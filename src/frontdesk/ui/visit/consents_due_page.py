"""Forms that must be signed at the visits to come: printed all at once, handed out, or signed before."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time, us_date, weekday_date
from frontdesk.services.records import consents, paper
from frontdesk.services.records.consents import FormToSign
from frontdesk.services.records.paper import Wanted
from frontdesk.services.schedule import consents_due
from frontdesk.services.schedule.consents_due import DueForm, DueList
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import ListOrNothing
from frontdesk.ui.records.consent_dialogs import RefuseForm
from frontdesk.ui.records.consent_rows import words_for
from frontdesk.ui.records.print_forms import PrintForms
from frontdesk.ui.records.sign_dialog import SignDialog
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import counted, tr

_NEXT, _THREE, _WEEK = 0, 3, 7
_MAY = "records.take_consent"


class ConsentsDuePage(FrontWorklistPage):
    """A group for each patient in the order of the visits, a row for each form."""

    title = "Consents due"
    part = "consents_due"
    permission = "records.view"
    topics = frozenset(
        {"appointment", "consent", "consent_form", "consent_form_use", "consent_print", "patient"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._due = DueList(desk.today, desk.today, ())
        self.days = Segmented(
            ((_NEXT, tr("Next day")), (_THREE, tr("3 days")), (_WEEK, tr("7 days"))), says=tr("Days ahead")
        )
        self.days.chosen.connect(lambda _: self.reload())
        self._which = Label("", "body", "text-2")
        self.print_button = Button(tr("Print all"), "primary", icon="printer", keys="Ctrl+P")
        self.print_button.clicked.connect(self.print_all)
        self.toolbar.add(self._which, self.days, self.print_button)
        self.model = TableModel[DueForm](
            [
                Column(tr("Form"), lambda each: Cell(each.form.title, "strong", icon="file-pen")),
                Column(tr("State"), self._state, width=190),
                Column(tr("Who signs"), _who, width=150),
                Column(tr("Paper"), _paper, width=130),
                Column(tr("Provider"), lambda each: Cell(each.provider, color="text-2"), width=120),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Forms to be signed, by patient"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.sign())
        ColumnFit(self.table, self.model.columns, least=180, first_to_go=(tr("Provider"),))
        self.nothing = EmptyState(
            "file-check",
            tr("Nothing is to be signed"),
            tr("Forms that are missing or run out for the visits of these days come here."),
        )
        self.body = ListOrNothing(self.table, self.nothing)
        self.set_content(self.body)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Form")),
            Key("Return", tr("Sign now")),
            Key("P", tr("Print this patient's forms"), self._on_table(self.print_patient)),
            Key("H", tr("Handed out"), self._on_table(self.hand_out)),
            Key("B", tr("Open the chart"), self._on_table(self._open_chart)),
            Key("Ctrl+P", tr("Print all"), self.print_all),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.days, self.table)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, consents_due.due, days=self.days.value() or None)

    def _show(self, found: DueList) -> None:
        self._due = found
        groups = [(_head(lines[0], found.first != found.last), lines) for lines in _by_patient(found.forms)]
        self.model.show_groups(groups)
        self._which.setText(_days(found.first, found.last))
        self.print_button.setEnabled(bool(found.forms) and self.desk.may(_MAY))
        self.body.show_filled(bool(found.forms))
        if not found.forms:
            self._chose(None)

    def _chose(self, chosen: DueForm | None) -> None:
        self.patient_chosen.emit(chosen.patient_id if chosen else None)

    # -- what is done ---------------------------------------------------------

    def print_all(self) -> None:
        """Every form of the list in one PDF, each with its code; a sheet that is out keeps its code."""
        self._print(self._due.forms)

    def print_patient(self) -> None:
        """The forms of the chosen patient."""
        chosen = self.table.current()
        if chosen is not None:
            self._print([each for each in self._due.forms if each.patient_id == chosen.patient_id])

    def hand_out(self) -> None:
        """The chosen patient has the printed forms."""
        chosen = self.table.current()
        if chosen is None or not self.desk.may(_MAY):
            return
        self.clear_complaints()
        ids = tuple(
            each.print_id
            for each in self._due.forms
            if each.patient_id == chosen.patient_id and each.print_id is not None and not each.is_handed_out
        )
        if not ids:
            self.complain(tr("Print this patient's forms first, or they are handed out already."))
            return
        words = counted(len(ids), "Handed out {count} form", "Handed out {count} forms")
        self.desk.do(self, lambda _: self.told.emit(words), paper.mark_handed_out, print_ids=ids)

    def sign(self) -> None:
        """The chosen form on the screen, today: a patient may sign before the visit."""
        chosen = self.table.current()
        if chosen is not None and self.desk.may(_MAY):
            self.clear_complaints()
            self.desk.ask(
                self,
                lambda form: self._open(chosen, form),
                consents.form_to_sign,
                patient_id=chosen.patient_id,
                form_id=chosen.form.form_id,
            )

    def _open(self, chosen: DueForm, form: FormToSign) -> None:
        by = form.guardians[0] if form.needs_guardian and form.guardians else None
        SignDialog(
            self,
            self.desk,
            chosen.patient_id,
            form,
            representative=by,
            interpreter="",
            note="",
            then=lambda title: self.told.emit(tr("Signed {title}", title=title)),
            declined=lambda form: RefuseForm(
                self, self.desk, chosen.patient_id, form, lambda _: self.reload()
            ).open(),
        ).open()

    def _print(self, forms: Sequence[DueForm]) -> None:
        if not forms or not self.desk.may(_MAY):
            return
        self.clear_complaints()
        fresh = tuple(Wanted(each.patient_id, each.form.form_id) for each in forms if each.print_id is None)
        if fresh:
            self.desk.do(self, lambda ids: self._printed(forms, ids), paper.print_forms, wanted=fresh)
        else:
            self._printed(forms, ())

    def _printed(self, forms: Sequence[DueForm], fresh: tuple[int, ...]) -> None:
        waiting = iter(fresh)
        ids = tuple(each.print_id if each.print_id is not None else next(waiting) for each in forms)
        PrintForms(self, self.desk, ids).open()

    def _open_chart(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self.go.emit("records", Errand("chart", patient_id=chosen.patient_id))

    def _on_table(self, act: Callable[[], None]) -> Callable[[], None]:
        def when_there() -> None:
            if self.table.hasFocus():
                act()

        return when_there

    def _state(self, each: DueForm) -> Cell:
        return Cell(words_for(each.form, self.desk.today), tone="warn", icon="file-pen")


def _by_patient(forms: Sequence[DueForm]) -> list[list[DueForm]]:
    """In the order of the visits, what belongs to a patient together."""
    found: dict[int, list[DueForm]] = {}
    for each in forms:
        found.setdefault(each.patient_id, []).append(each)
    return list(found.values())


def _head(first: DueForm, with_day: bool) -> Group:
    day = f"{first.starts:%a} {first.starts.month}/{first.starts.day}, " if with_day else ""
    return Group(first.patient, f"{day}{clock_time(first.starts)} · {first.chart_number}", "user")


def _days(first: date, last: date) -> str:
    return weekday_date(first) if first == last else f"{us_date(first)} – {us_date(last)}"


def _who(each: DueForm) -> Cell:
    words = tr("Guardian") if each.form.needs_guardian else tr("Patient")
    return Cell(tr("{who}, witness", who=words) if each.form.needs_witness else words)


def _paper(each: DueForm) -> Cell:
    if each.is_handed_out:
        return Cell(tr("Handed out"), tone="ok", icon="check")
    if each.print_id is not None:
        return Cell(tr("Printed"), tone="outline", icon="printer")
    return Cell(tr("Not printed"), color="text-3")
