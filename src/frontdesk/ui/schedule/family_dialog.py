"""Booking family members beside a visit: who, for what, one after another or at the same time."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.schedule import family, visit_types
from frontdesk.services.schedule.checks import OVERBOOK
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.family import FamilyVisit, Planned, Relative, SideBySide, Wanted
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.moving import spoken
from frontdesk.ui.schedule.visit_dialogs import Then
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


@dataclass(frozen=True, slots=True)
class _Line:
    """One relative: whether they come, for what, and where they would stand."""

    relative: Relative
    comes: CheckBox
    kind: Combo[int]
    place: Label


class FamilyDialog(Dialog):
    """Each choice plans anew; Enter books all that are planned, Escape books nothing."""

    def __init__(self, parent: QWidget, desk: Desk, visit: DayVisit, then: Then) -> None:
        super().__init__(
            parent,
            tr("Who comes with {name} at {time}?", name=spoken(visit), time=us_time(visit.starts)),
            icon="users",
            icon_color="text-2",
            width=640,
        )
        self._desk, self._visit, self._then = desk, visit, then
        self._planned: tuple[Planned, ...] = ()
        self._relatives: tuple[Relative, ...] | None = None
        self._kinds: tuple[VisitTypeView, ...] | None = None
        self.lines: list[_Line] = []
        self.side = Segmented(
            (
                (SideBySide.AFTER, tr("One after another")),
                (SideBySide.BESIDE, tr("At the same time")),
            ),
            says=tr("How the visits stand"),
        )
        self.form = Form()
        self.form.add("side", tr("How the visits stand"), self.side)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(2, 1)
        self.nobody = Label("", "body", "text-2", wrap=True)
        self.reason = TextEdit()
        self.why = Form()
        self.why.add("override_reason", tr("Why it is right all the same"), self.reason)
        self.body.addWidget(self.form)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.why)
        self.body.addStretch(1)
        set_shown(self.why, False)
        self.verb = self.add_verb(tr("Book family"), self._book, kind="primary", keys="Return", closes=False)
        self.verb.setEnabled(False)
        self.add_verb(tr("Book nobody"), keys="Esc")
        self.side.chosen.connect(self._plan)
        desk.ask(self, self._show_relatives, family.relatives, patient_id=visit.patient_id)
        desk.ask(self, self._show_kinds, visit_types.visit_types)

    def _show_relatives(self, relatives: tuple[Relative, ...]) -> None:
        self._relatives = relatives
        self._build()

    def _show_kinds(self, kinds: tuple[VisitTypeView, ...]) -> None:
        self._kinds = kinds
        self._build()

    def _build(self) -> None:
        if self._relatives is None or self._kinds is None:
            return
        options = tuple((kind.id, kind.name) for kind in self._kinds if kind.minutes)
        for number, relative in enumerate(self._relatives):
            relation = f", {relative.relation}" if relative.relation else ""
            comes = CheckBox(f"{relative.name}{relation}, {us_date(relative.born_on)}")
            kind: Combo[int] = Combo(options)
            kind.set_value(self._visit.visit_type_id)
            kind.setAccessibleName(tr("Visit of {name}", name=relative.name))
            place = Label("", "secondary", "text-2", wrap=True)
            comes.toggled.connect(self._plan)
            kind.chosen.connect(self._plan)
            self._grid.addWidget(comes, number, 0)
            self._grid.addWidget(kind, number, 1)
            self._grid.addWidget(place, number, 2)
            self.lines.append(_Line(relative, comes, kind, place))
        if not self.lines:
            self.nobody.setText(
                tr("Nobody else is on this patient's account, and no contact is a patient here.")
            )
        else:
            self.lines[0].comes.setFocus(Qt.FocusReason.OtherFocusReason)
        set_shown(self.nobody, not self.lines)
        self.adjustSize()

    def _plan(self, _: object = None) -> None:
        self.verb.setEnabled(False)
        self._desk.ask(
            self,
            self._show_plan,
            family.plan,
            appointment_id=self._visit.id,
            wanted=tuple(
                Wanted(line.relative.patient_id, line.kind.value() or self._visit.visit_type_id)
                for line in self.lines
                if line.comes.isChecked()
            ),
            side=self.side.value(),
        )

    def _show_plan(self, planned: tuple[Planned, ...]) -> None:
        self._planned = planned
        places = {each.patient_id: each for each in planned}
        for line in self.lines:
            found = places.get(line.relative.patient_id)
            line.place.setText(_place(found) if found else "")
            line.place.recolor("warn-tx" if found and not found.then.is_free else "text-2")
        blocked = [each for each in planned if not each.then.is_free]
        may_pass = all(each.then.can_be_overridden for each in blocked) and self._desk.may(OVERBOOK)
        set_shown(self.why, bool(blocked) and may_pass)
        self.verb.setText(counted(len(planned), "Book {count} visit", "Book {count} visits"))
        self.verb.setEnabled(bool(planned) and (not blocked or may_pass))
        self.adjustSize()

    def _book(self) -> None:
        self.banner.say("block", "")
        self.why.clear_errors()
        blocked = any(not each.then.is_free for each in self._planned)
        if blocked and not self.reason.value():
            self.why.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))
            return
        self._desk.do(
            self,
            self._done,
            family.book,
            visits=tuple(
                FamilyVisit(each.patient_id, each.visit_type_id, each.then.slot) for each in self._planned
            ),
            override_reason=self.reason.value() if blocked else "",
        )

    def _done(self, booked: tuple[int, ...]) -> None:
        self.accept()
        count = len(booked)
        words = counted(count, "Booked {count} visit with", "Booked {count} visits with")
        self._then(f"{words} {spoken(self._visit)}")


def _place(planned: Planned) -> str:
    """ "9:45 AM with Dr. Lee", or what is in the way."""
    if planned.then.is_free:
        time = us_time(planned.then.slot.starts)
        return tr("{time} with {provider}", time=time, provider=planned.provider)
    return " ".join(finding.message for finding in planned.then.findings)
