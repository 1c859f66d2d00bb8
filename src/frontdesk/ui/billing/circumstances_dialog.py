"""What a claim says beyond its lines is entered at the claim: the frame of the dialogs that ask for it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import claim_circumstances
from frontdesk.services.billing.claim_circumstances import Circumstances, LineMarks, NoteKind
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import scrolled
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

NOTE_KINDS = (
    (NoteKind.ADDITIONAL, "Additional"),
    (NoteKind.CERTIFICATION, "Certification"),
    (NoteKind.GOALS, "Goals or plans"),
    (NoteKind.DIAGNOSIS, "About a diagnosis"),
    (NoteKind.THIRD_PARTY, "For a third party"),
)


class CircumstancesDialog(Dialog):
    """All of it is saved at once, for the claim as it was seen."""

    TITLE: str
    """With the claim's {number}."""
    LEAD: str
    WIDTH: int

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        claim: ClaimDetail,
        said: Circumstances,
        told: Callable[[str], object],
    ) -> None:
        super().__init__(parent, tr(self.TITLE, number=claim.row.number), tr(self.LEAD), width=self.WIDTH)
        self._desk, self._claim, self._said, self._told = desk, claim, said, told
        self._marks = {line.place: line for line in said.lines}
        self.line: Combo[int] = Combo(
            tuple((line.place, f"{line.place}  {line.code}") for line in claim.services)
        )
        self._at = self.line.value() or 1
        self.form = Form(widens_below=520)
        self.build()
        self.body.addWidget(_fitted(self.form, parent))
        self.line.chosen.connect(self._change_line)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Save"), self.save, kind="primary", keys="Enter", closes=False)
        self.show_said(said)
        self._show_line()

    def build(self) -> None:
        """Make the fields, and put them and the `line` on the form."""
        raise NotImplementedError

    def show_said(self, said: Circumstances) -> None:
        """What the claim says, into the fields that are not a line's."""
        raise NotImplementedError

    def entered(self, said: Circumstances) -> Circumstances:
        """What the claim said, with what those fields say now."""
        raise NotImplementedError

    def show_marks(self, marks: LineMarks) -> None:
        """A line's marks, into the line's fields."""
        raise NotImplementedError

    def entered_marks(self, marks: LineMarks) -> LineMarks:
        """The marks, with what the line's fields say now."""
        raise NotImplementedError

    def target(self, field: str) -> QWidget:
        """The control of a field; the first one where the dialog has no such field."""
        rows = self.form.fields()
        return (rows[field] if field in rows else next(iter(rows.values()))).control

    def open_at(self, field: str, line: int) -> None:
        """The focus where the problem is."""
        if line:
            self.line.set_value(line)
            self._change_line()
        target = self.target(field)
        self.open()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save it for the claim, or close where nothing was changed."""
        if not self.form.check():
            return
        self._keep_line()
        lines = tuple(line for _, line in sorted(self._marks.items()) if not line.is_plain)
        said = replace(self.entered(self._said), lines=lines)
        if said == self._said:
            self.accept()
            return
        self._desk.do(
            self,
            self._saved,
            claim_circumstances.set_circumstances,
            claim_id=self._claim.row.id,
            said=said,
            version=self._claim.row.version,
        )

    def _saved(self, _: object) -> None:
        self.accept()
        self._told(tr("Saved what claim {number} says", number=self._claim.row.number))

    def _change_line(self, _: object = None) -> None:
        self._keep_line()
        self._at = self.line.value() or 1
        self._show_line()

    def _keep_line(self) -> None:
        self._marks[self._at] = self.entered_marks(self._line_marks())

    def _show_line(self) -> None:
        self.show_marks(self._line_marks())

    def _line_marks(self) -> LineMarks:
        return self._marks.get(self._at, LineMarks(self._at))


def open_for(kind: type[CircumstancesDialog], page: Page, claim: ClaimDetail, field: str, line: int) -> None:
    """Ask what the claim says already, then open the dialog at the field of a problem."""
    page.desk.ask(
        page,
        lambda said: kind(page, page.desk, claim, said, page.told.emit).open_at(field, line),
        claim_circumstances.circumstances,
        claim_id=claim.row.id,
    )


def _fitted(form: Form, parent: QWidget) -> QWidget:
    """The form, as high as the window has room for it; longer ones scroll."""
    area = scrolled(form)
    form.setContentsMargins(*[theme().px(3)] * 4)  # room for the ring of the focus
    room = max(theme().px(160), parent.window().height() - theme().px(200))
    area.setFixedHeight(min(form.sizeHint().height() + theme().px(4), room))
    return area
