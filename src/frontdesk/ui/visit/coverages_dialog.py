"""Everything that ever covered a patient: as of a day, the order, the ends, the gaps, the cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration import coverage_history, coverage_order, coverages
from frontdesk.services.registration.coverage_history import Gap, History
from frontdesk.services.registration.coverage_order import Coordination
from frontdesk.services.registration.coverages import CoverageLine
from frontdesk.services.registration.drafts import MedicareSecondary
from frontdesk.services.registration.panel import member_id_shown
from frontdesk.services.registration.payers import PayerKind
from frontdesk.services.schedule import visit_choice
from frontdesk.services.visit import covering
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.card_dialogs import REASONS, AddCoverageDialog, Further

_ROWS = 320
Told = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the list: a coverage, a gap, or a heading."""

    title: str = ""
    line: CoverageLine | None = None
    gap: Gap | None = None
    is_now: bool = False

    @property
    def key(self) -> object:
        if self.line is not None:
            return self.line.id
        return (self.title, self.gap)


class CoveragesDialog(Dialog):
    """What holds on a day above, everything else below; each act has a button and a key."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        patient: str,
        appointment_id: int | None,
        told: Told,
    ) -> None:
        super().__init__(
            parent,
            tr("Who covers {name}?", name=patient),
            icon="shield-check",
            icon_color="accent",
            width=720,
        )
        self._desk, self._patient_id, self._patient = desk, patient_id, patient
        self._appointment_id, self._told = appointment_id, told
        self._found: History | None = None
        self.on = DateEdit()
        self.on.set_value(desk.today)
        self.on.textChanged.connect(lambda _: self.reload())
        form = Form()
        form.add("on", tr("As of"), self.on, span=3)
        self.model: ListModel[_Entry] = ListModel(self._item, key=lambda entry: entry.key)
        self.list = RowList(self.model, says=tr("Coverage, what holds first"))
        self.list.setFixedHeight(theme().px(_ROWS))
        self.list.chosen.connect(lambda _: self._dress())
        self.first = Button(tr("Pays first"), icon="arrow-up", keys="Ctrl+Up")
        self.note = Button(tr("Coordination…"), icon="notebook-pen")
        self.end_button = Button(tr("End…"), icon="calendar-x")
        self.use = Button(tr("Use for this visit"), icon="check")
        self.first.setShortcut("Ctrl+Up")
        for button, act in (
            (self.first, self.put_first),
            (self.note, self.coordinate),
            (self.end_button, self.end),
            (self.use, self.use_for_visit),
        ):
            button.clicked.connect(act)
        self.body.addWidget(form)
        self.body.addWidget(self.list)
        self.body.addLayout(row(self.use, self.first, self.note, self.end_button, None))
        self.add_verb(tr("Close"), keys="Esc")
        if desk.may("registration.coverage"):
            self.add_verb(tr("Add case…"), self.add_case, closes=False)
            self.add_verb(tr("Add coverage…"), self.add, kind="primary", closes=False)
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """As of the day in the field, today where it holds none."""
        if not self.on.problem():
            self._desk.ask(
                self,
                self._show,
                coverage_history.coverage_history,
                patient_id=self._patient_id,
                on=self.on.value() or self._desk.today,
            )

    # -- acts -----------------------------------------------------------------

    def add(self) -> None:
        """A further card, in the next free place."""
        taken = {line.rank for line in self._found.in_force} if self._found else set()
        rank = next(place for place in range(1, 10) if place not in taken or place == 9)
        AddCoverageDialog(
            self,
            self._desk,
            Further(self._patient_id, self._patient, rank),
            lambda _: self._done(tr("Added coverage of {name}", name=self._patient)),
        ).open()

    def add_case(self) -> None:
        """The policy of an injury; this visit is asked to be one of the case."""
        AddCoverageDialog(
            self,
            self._desk,
            Further(self._patient_id, self._patient, 1, is_case=True),
            lambda _: self._done(tr("Added a case of {name}", name=self._patient)),
        ).open()

    def put_first(self) -> None:
        """From the day in the field on, the chosen coverage pays first."""
        line = self._chosen()
        if line is None or self._found is None or line not in self._found.in_force:
            return
        order = (line.id, *(each.id for each in self._found.in_force if each.id != line.id))
        self.banner.say("block", "")
        self._desk.do(
            self,
            lambda _: self._done(tr("{plan} pays first", plan=line.plan)),
            coverage_order.reorder,
            patient_id=self._patient_id,
            from_day=self.on.value() or self._desk.today,
            coverage_ids=order,
        )

    def coordinate(self) -> None:
        if (line := self._chosen()) is not None:
            _CoordinationDialog(self, self._desk, line, lambda: self._done(tr("Noted who pays first"))).open()

    def end(self) -> None:
        if (line := self._chosen()) is not None:
            _EndDialog(self, self._desk, line, lambda: self._done(tr("{plan} ends", plan=line.plan))).open()

    def use_for_visit(self) -> None:
        """The chosen coverage, or case, pays for the visit at hand."""
        line = self._chosen()
        if line is not None and self._appointment_id is not None:
            self._desk.do(
                self,
                lambda _: self._done(tr("{plan} pays for this visit", plan=line.plan)),
                visit_choice.choose,
                appointment_id=self._appointment_id,
                coverage_id=line.id,
            )

    def _done(self, words: str) -> None:
        self._told(words)
        self.reload()

    # -- looks ----------------------------------------------------------------

    def _chosen(self) -> CoverageLine | None:
        entry = self.list.current()
        return entry.line if entry else None

    def _show(self, found: History) -> None:
        self._found = found
        now = [*found.in_force, *found.cases]
        entries = [_Entry(tr("On {date}", date=us_date(found.on)))]
        entries += [_Entry(line=line, is_now=True) for line in now]
        if not found.in_force:
            entries.append(_Entry(tr("Nobody covers the patient on this day.")))
        earlier: list[tuple[date, _Entry]] = [
            (line.effective_from, _Entry(line=line)) for line in found.lines if line not in now
        ]
        earlier += [(gap.first_day, _Entry(gap=gap)) for gap in found.gaps]
        if earlier:
            entries.append(_Entry(tr("Other times")))
            entries += [entry for _, entry in sorted(earlier, key=lambda each: each[0], reverse=True)]
        self.model.show(entries)
        if now and self.list.current() is None:
            self.list.choose(now[0].id)
        self._dress()

    def _dress(self) -> None:
        line, found = self._chosen(), self._found
        may = self._desk.may("registration.coverage") and line is not None
        is_now = found is not None and line is not None and line in (*found.in_force, *found.cases)
        is_later = (
            found is not None and line is not None and line in found.in_force and line != found.in_force[0]
        )
        self.first.setEnabled(may and is_later)
        self.note.setEnabled(may)
        self.end_button.setEnabled(may)
        self.use.setEnabled(may and is_now)
        set_shown(self.use, self._appointment_id is not None)

    def _item(self, entry: _Entry) -> Item:
        if entry.gap is not None:
            gap = entry.gap
            if gap.last_day is None:
                words = tr("No coverage since {date}", date=us_date(gap.first_day))
            else:
                length = (gap.last_day - gap.first_day).days + 1
                words = tr(
                    "No coverage {first} to {last}, {days}",
                    first=us_date(gap.first_day),
                    last=us_date(gap.last_day),
                    days=counted(length, "{count} day", "{count} days"),
                )
            return Item(title=words, icon="shield-off", icon_color="block")
        if entry.line is None:
            return Item(title=entry.title, is_head=True)
        line = entry.line
        until = us_date(line.effective_until) if line.effective_until else tr("until further notice")
        place = coverages.PLACES[line.rank - 1]
        if line.case_number:
            place = tr("case {number}", number=line.case_number)
        group = (Words(tr("group {group}", group=line.group_number)),) if line.group_number else ()
        days = Words(f"{us_date(line.effective_from)} – {until}", "text-2")
        about = (Words(member_id_shown(line.member_id)), *group, days)
        reason = dict(REASONS).get(line.secondary_reason) if line.secondary_reason else ""
        said = [each for each in (tr(reason) if reason else "", line.cob_note) if each]
        notes = ((Words(". ".join(said), "text-2"),),) if said else ()
        return Item(
            title=line.plan,
            lines=(about, *notes),
            icon="shield-check" if entry.is_now else "history",
            icon_color="ok" if entry.is_now else "text-3",
            chip=place,
            chip_tone="info" if line.case_number else "neutral",
        )


class _CoordinationDialog(Dialog):
    """Why a coverage pays where it does."""

    def __init__(self, parent: QWidget, desk: Desk, line: CoverageLine, then: Callable[[], object]) -> None:
        super().__init__(
            parent,
            tr("What was said about {plan}?", plan=line.plan),
            tr("Who pays first, and why."),
            icon="notebook-pen",
            icon_color="accent",
            width=520,
        )
        self._desk, self._line, self._then = desk, line, then
        self.reason: Combo[MedicareSecondary | None] = Combo(
            tuple((each, tr(words)) for each, words in REASONS)
        )
        if line.secondary_reason is not None:
            self.reason.set_value(line.secondary_reason)
        self.words = TextEdit(line.cob_note)
        self.form = Form()
        self.form.add("secondary_reason", tr("Why Medicare pays second"), self.reason)
        self.form.add("note", tr("What was said"), self.words)
        set_shown(self.form.row("secondary_reason"), line.payer_kind is PayerKind.MEDICARE)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Save"), self.save, kind="primary", closes=False)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        self._desk.do(
            self,
            self._saved,
            coverage_order.coordinate,
            coverage_id=self._line.id,
            to=Coordination(self.reason.value(), self.words.value()),
        )

    def _saved(self, _: object) -> None:
        self.accept()
        self._then()


class _EndDialog(Dialog):
    """The last covered day; after a visit that it covered, with the reason."""

    def __init__(self, parent: QWidget, desk: Desk, line: CoverageLine, then: Callable[[], object]) -> None:
        super().__init__(
            parent,
            tr("Which is the last day of {plan}?", plan=line.plan),
            tr("What went out on it stays; visits after that day are paid by what is on file then."),
            icon="calendar-x",
            icon_color="accent",
        )
        self._desk, self._line, self._then = desk, line, then
        self.last_day, self.reason = DateEdit(), TextEdit(hint=tr("Where visits came after it"))
        self.last_day.set_value(line.effective_until or desk.today)
        self.form = Form()
        self.form.add("last_day", tr("Last covered day"), self.last_day, span=5)
        self.form.add("reason", tr("Why"), self.reason, span=7)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("End coverage"), self.save, kind="primary", closes=False)
        self.last_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        self.form.clear_errors()
        if self.form.check():
            self._desk.do(
                self,
                self._saved,
                covering.end,
                coverage_id=self._line.id,
                last_day=self.last_day.value() or self._desk.today,
                reason=self.reason.value(),
            )

    def _saved(self, _: object) -> None:
        self.accept()
        self._then()
