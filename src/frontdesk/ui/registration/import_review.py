"""Lines of a file that look like somebody who is registered: who they are is decided one by one."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date, us_phone
from frontdesk.services.registration import import_review
from frontdesk.services.registration.duplicates import LookAlike
from frontdesk.services.registration.import_review import Decided, ReviewLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import IconLine, Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.text import tr


class ImportReview(Panel):
    """S: the chosen patient; N: somebody else, and why; O: left out. The next line follows by itself."""

    topics = frozenset({"import_review"})
    counted = Signal(int)
    """How many lines wait."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[ReviewLine](
            [
                Column("In the file", lambda each: Cell(each.name, role="strong")),
                Column("Born", lambda each: us_date(each.born_on), width=100),
                Column("Phone", lambda each: us_phone(each.phone), width=130),
                Column("From", lambda each: each.system, width=150),
                Column("Line", lambda each: str(each.line), width=64, align="right"),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Lines that look like somebody who is registered"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.same())
        self._alike_model = ListModel[LookAlike](_item, key=lambda found: found.patient_id)
        self.alike = RowList(self._alike_model, says=tr("Patients who may be the same person"))
        self.alike.opened.connect(lambda _: self.same())
        self.alike.chosen.connect(self._point_at)
        self._facts = Section(tr("In the file"))
        self._nobody = Label(tr("Nobody like this is registered any more."), "secondary", "text-3", wrap=True)
        registered = Section(tr("Registered"))
        registered.add(self._nobody)
        registered.add(self.alike)
        self.detail = SidePanel()
        DetailWidth(self.detail)
        self.detail.add(self._facts)
        self.detail.add(registered)
        self.same_button = Button(tr("Same patient"), "primary", icon="user-check", keys="S")
        self.same_button.clicked.connect(self.same)
        other = Button(tr("Somebody else"), icon="user-plus", keys="N")
        other.clicked.connect(self.somebody_else)
        out = Button(tr("Leave out"), icon="x", keys="O")
        out.clicked.connect(self.leave_out)
        self.detail.set_foot(
            Frame("foot", column(self.same_button, row(other, out, gap=6), gap=6, margins=(12, 8, 12, 8)))
        )
        whole = row(self.table, self.detail, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(column(self.banner, whole, gap=0))

    def reload(self) -> None:
        self.desk.ask(self, self._show, import_review.waiting)

    def same(self) -> None:
        """The line is the patient who is chosen on the right, or the likeliest."""
        line, found = self.table.current(), self.alike.current() or next(iter(self._alike_model.rows()), None)
        if line is not None and found is not None:
            self.clear_complaints()
            self.desk.do(
                self,
                self._say(tr("Line {line} is {name}", line=line.line, name=found.name)),
                import_review.same,
                review_id=line.id,
                patient_id=found.patient_id,
                version=line.version,
            )

    def somebody_else(self) -> None:
        """Asks why, then registers the line."""
        line = self.table.current()
        if line is not None:
            self.clear_complaints()
            said = self._say(tr("Registered line {line} as a new patient", line=line.line))
            _ReasonDialog(self, self.desk, line, said).open()

    def leave_out(self) -> None:
        """The line is not asked about again."""
        line = self.table.current()
        if line is not None:
            self.clear_complaints()
            self.desk.do(
                self,
                self._say(tr("Left line {line} out", line=line.line)),
                import_review.skip,
                review_id=line.id,
                version=line.version,
            )

    def _say(self, words: str) -> Callable[[Decided], None]:
        def said(_: Decided) -> None:
            self.told.emit(words)

        return said

    def _show(self, lines: tuple[ReviewLine, ...]) -> None:
        self.model.show(lines)
        set_shown(self.detail, bool(lines))
        self.counted.emit(len(lines))
        if lines and self.table.current() is None:
            self.table.choose_first()

    def _chose(self, line: ReviewLine | None) -> None:
        if line is None:
            return
        self._facts.clear()
        for icon, words in (
            ("user", f"{line.name} · {us_date(line.born_on)}"),
            ("phone", us_phone(line.phone)),
            ("mail", line.email),
            ("map-pin", line.address),
            ("hash", tr("Number there: {number}", number=line.identifier[:20]) if line.identifier else ""),
        ):
            if words:
                self._facts.add(IconLine(icon, words))
        self.desk.ask(self, self._show_alike, import_review.alike, review_id=line.id)

    def _show_alike(self, found: tuple[LookAlike, ...]) -> None:
        self._alike_model.show(found)
        set_shown(self.alike, bool(found))
        set_shown(self._nobody, not found)
        self.same_button.setEnabled(bool(found))
        self.alike.setFixedHeight(self.alike.height_of_all() + 4)

    def _point_at(self, found: LookAlike | None) -> None:
        if found is not None:
            self.patient_chosen.emit(found.patient_id)


class _ReasonDialog(Dialog):
    """Why the line is another person than the one it looks like."""

    def __init__(
        self, panel: ImportReview, desk: Desk, line: ReviewLine, said: Callable[[Decided], None]
    ) -> None:
        super().__init__(
            panel,
            tr("Register {name} as a new patient?", name=line.name),
            tr("The chart that looks alike stays as it is."),
            icon="user-plus",
        )
        self._desk, self._line, self._said = desk, line, said
        self.reason = TextEdit(hint=tr("Twin, father and son, …"))
        self.form = Form()
        self.form.add("reason", tr("Why this is somebody else"), self.reason)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not yet"), keys="Esc")
        self.add_verb(tr("Register"), self.register, kind="primary", keys="Return", closes=False)
        self.reason.setFocus()

    def register(self) -> None:
        self._desk.do(
            self,
            self._done,
            import_review.register,
            review_id=self._line.id,
            version=self._line.version,
            reason=self.reason.value(),
        )

    def _done(self, decided: Decided) -> None:
        self._said(decided)
        self.accept()


def _item(found: LookAlike) -> Item:
    reasons = tuple((Words(reason),) for reason in found.reasons)
    return Item(
        found.name,
        lines=((Words(f"{us_date(found.born_on)} · {found.chart_number}"),), *reasons),
        icon="users",
        icon_color="block" if found.is_certain else "warn",
    )
