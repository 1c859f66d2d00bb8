"""What a payer seldom asks: assignment, programs, numbers of a kind, words and minutes of a line."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.claim_circumstances import (
    OF_LINE,
    Assignment,
    Circumstances,
    LineMarks,
    NoteKind,
    Program,
    Reference,
    ReferenceKind,
    SpineCondition,
)
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.ui.billing import circumstances_dialog
from frontdesk.ui.billing.circumstances_dialog import NOTE_KINDS, CircumstancesDialog
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import tr

_ASSIGNMENTS = (
    (Assignment.ACCEPTED, "Accepted"),
    (Assignment.LABORATORY, "Laboratory tests only"),
    (Assignment.NOT_ACCEPTED, "Not accepted"),
)
_PROGRAMS: tuple[tuple[Program | str, str], ...] = (
    ("", "None"),
    (Program.HANDICAPPED_CHILDREN, "Handicapped children"),
    (Program.FEDERAL, "Special federal funds"),
    (Program.DISABILITY, "Disability"),
    (Program.SECOND_OPINION, "Second opinion or surgery"),
)
_CONDITIONS: tuple[tuple[SpineCondition | str, str], ...] = (
    ("", "No manipulation"),
    (SpineCondition.ACUTE, "Acute"),
    (SpineCondition.CHRONIC, "Chronic"),
    (SpineCondition.ACUTE_AGAIN, "Acute again"),
    (SpineCondition.NOT_ACUTE, "Not acute"),
    (SpineCondition.NOT_LIFE_THREATENING, "Not life threatening"),
    (SpineCondition.ROUTINE, "Routine"),
    (SpineCondition.SYMPTOMATIC, "Symptomatic"),
)
_REFERENCES = (
    (ReferenceKind.TRIAL, "Clinical trial (P4)"),
    (ReferenceKind.CARE_PLAN, "Agency of care plan (1J)"),
    (ReferenceKind.MAMMOGRAPHY, "Mammography certificate (EW)"),
    (ReferenceKind.DEVICE, "Investigational device (LX)"),
    (ReferenceKind.SERVICE_EXCEPTION, "Authorization exception (4N)"),
    (ReferenceKind.CROSSOVER, "Medicare crossover, Y or N (F5)"),
)


class ClaimMoreDialog(CircumstancesDialog):
    """What applies to few claims."""

    TITLE = "What else does the payer ask of claim {number}?"
    LEAD = "Only what applies. It goes into the file, and where it has a box, on the paper form."
    WIDTH = 680

    def build(self) -> None:
        self._numbers = {each.kind: each.number for each in self._said.references}
        self.assignment: Combo[Assignment] = Combo(tuple((how, tr(words)) for how, words in _ASSIGNMENTS))
        self.program: Combo[Program | str] = Combo(tuple((one, tr(words)) for one, words in _PROGRAMS))
        self.spine: Combo[SpineCondition | str] = Combo(tuple((one, tr(words)) for one, words in _CONDITIONS))
        self.file_info = TextEdit()
        self.kind: Combo[ReferenceKind] = Combo(tuple((kind, tr(words)) for kind, words in _REFERENCES))
        self.number = TextEdit()
        self.minutes, self.description = NumberEdit(least=1, most=1440), TextEdit()
        self.note_kind: Combo[NoteKind] = Combo(
            tuple((kind, tr(words)) for kind, words in NOTE_KINDS if kind in OF_LINE)
        )
        self.note = TextEdit()
        self._kind = ReferenceKind.TRIAL
        self.kind.chosen.connect(self._change_kind)
        self._lay_out()

    def target(self, field: str) -> QWidget:
        if field not in tuple(ReferenceKind):
            return super().target(field)
        self.kind.set_value(ReferenceKind(field))
        self._change_kind()
        return self.number

    def _lay_out(self) -> None:
        form = self.form
        form.add("assignment", tr("&Assignment"), self.assignment, span=4)
        form.add("program", tr("Special &program"), self.program, span=4)
        form.add("spine", tr("&Manipulated spine"), self.spine, span=4)
        form.add("kind", tr("&Kind of number"), self.kind, span=6)
        form.add("references", tr("N&umber"), self.number, span=6)
        form.add("file_info", tr("&File information (K3)"), self.file_info, span=12)
        form.add_wide(Label(tr("Lines"), "caption", "text-2"))
        form.add("line", tr("L&ine"), self.line, span=3)
        form.add("minutes", tr("Minutes of an&esthesia"), self.minutes, span=3)
        form.add("description", tr("What was &done"), self.description, span=6)
        form.add("line_note_kind", tr("&The note is"), self.note_kind, span=4)
        form.add("line_note", tr("&Note to the line"), self.note, span=8)

    def show_said(self, said: Circumstances) -> None:
        self.assignment.set_value(said.assignment)
        self.program.set_value(said.program or "")
        self.spine.set_value(said.spine or "")
        self.file_info.set_value(said.file_info)
        self.number.set_value(self._numbers.get(self._kind, ""))

    def entered(self, said: Circumstances) -> Circumstances:
        self._keep_number()
        program, spine = self.program.value(), self.spine.value()
        numbers = {kind: self._numbers.get(kind, "") for kind in ReferenceKind}
        return replace(
            said,
            assignment=self.assignment.value() or Assignment.ACCEPTED,
            program=Program(program) if program else None,
            spine=SpineCondition(spine) if spine else None,
            file_info=self.file_info.value(),
            references=tuple(Reference(kind, number) for kind, number in numbers.items() if number),
        )

    def _change_kind(self, _: object = None) -> None:
        self._keep_number()
        self._kind = self.kind.value() or ReferenceKind.TRIAL
        self.number.set_value(self._numbers.get(self._kind, ""))

    def _keep_number(self) -> None:
        self._numbers[self._kind] = self.number.value()

    def entered_marks(self, marks: LineMarks) -> LineMarks:
        note = self.note.value()
        return replace(
            marks,
            minutes=self.minutes.value(),
            description=self.description.value(),
            note=note,
            note_kind=(self.note_kind.value() if note else None) or NoteKind.ADDITIONAL,
        )

    def show_marks(self, marks: LineMarks) -> None:
        self.minutes.set_value(marks.minutes)
        self.description.set_value(marks.description)
        self.note.set_value(marks.note)
        self.note_kind.set_value(marks.note_kind)


def open_for(page: Page, claim: ClaimDetail, field: str, line: int) -> None:
    """The dialog over what the claim says already, at the field of a problem."""
    circumstances_dialog.open_for(ClaimMoreDialog, page, claim, field, line)
