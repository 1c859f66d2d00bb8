"""Visit types: what the office gives, and all that each of them needs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import expected_codes
from frontdesk.services.billing.expected_codes import SetUp
from frontdesk.services.schedule import resources, visit_forms, visit_types
from frontdesk.services.schedule.visit_forms import VisitForm
from frontdesk.services.schedule.visit_types import VisitTypeDraft, VisitTypeView
from frontdesk.services.schedule.words import BlockKind, Role
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule import look
from frontdesk.ui.schedule.setup_forms import FormBoxes
from frontdesk.ui.schedule.setup_phases import PhaseRows, PhaseStrip, Want, want_name
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_COLORS = ("blue", "green", "purple", "orange", "teal", "yellow", "grey", "brown", "pink", "violet", "red")
_NOTHING = ""
_NARROW = 900


class TypesPane(Panel):
    """The types on the left; the chosen one, or a new one, on the right."""

    topics = frozenset(
        {
            "visit_type",
            "visit_type_phase",
            "visit_type_form",
            "consent_form",
            "expected_code",
            "resource",
            "room",
            "device",
            "staff_member",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._type: VisitTypeView | None = None
        self._shown: VisitTypeDraft | None = None
        self.model = TableModel[VisitTypeView](
            [
                Column(tr("Visit type"), _named),
                Column(tr("Minutes"), lambda each: str(each.minutes or ""), width=64, align="right"),
                Column(tr("Needs"), _needs, width=150),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Visit types"))
        self.table.chosen.connect(self._choose)
        self.name, self.short_name = TextEdit(), TextEdit()
        self.minutes = NumberEdit(least=5, most=720)
        self.early = NumberEdit(most=240)
        self.color = Combo[str](
            ((_NOTHING, tr("None")), *((each, tr(each.capitalize())) for each in _COLORS))
        )
        self.preparation = TextEdit(hint=tr("full bladder"))
        self.lead_hours = NumberEdit(most=720)
        self.opens = {kind: CheckBox(tr(look.KEPT_NAME[kind.value])) for kind in BlockKind}
        self.needs_authorization = CheckBox(tr("The payer's is needed"))
        self.authorization_days = NumberEdit(most=60)
        self.for_new = CheckBox(tr("For new patients"))
        self.is_video = CheckBox(tr("By video"))
        self.strip, self.phases = PhaseStrip(), PhaseRows()
        self.form_boxes = FormBoxes()
        self.codes = TextEdit(hint="99213, 93000")
        self._codes: tuple[str, ...] = ()
        self.form = Form()
        self._build_form()
        self._title = Label(tr("New visit type"), "section")
        self.new = Button(tr("New visit type"), icon="plus", keys="Ctrl+N")
        self.new.clicked.connect(self.start_new)
        self.active = Button(tr("Stop offering it"), icon="eye-off")
        self.active.clicked.connect(self.turn_active)
        self.save = Button(tr("Save visit type"), "primary", icon="check", keys="Ctrl+Enter")
        self.save.clicked.connect(self.keep)
        head = row(self._title, None, self.new, margins=(16, 8, 12, 0))
        foot = row(None, self.active, self.save, margins=(12, 6, 12, 6))
        body = QWidget()
        body.setLayout(column(self.form, None, margins=(16, 8, 16, 12)))
        self._side = Frame("column", column(self.table, gap=0))
        whole = row(self._side, gap=0)
        whole.addLayout(column(self.banner, head, scrolled(body), Frame("foot", foot), gap=0), 1)
        self.setLayout(whole)
        self._fill(VisitTypeDraft("", 15))

    def _build_form(self) -> None:
        add = self.form.add
        add("name", tr("Name"), self.name, span=6)
        add("short_name", tr("Short name"), self.short_name, span=6)
        add("minutes", tr("Length in minutes"), self.minutes, span=6)
        add("arrive_early_minutes", tr("Arrive early, minutes"), self.early, span=6)
        add("preparation", tr("What the patient is told"), self.preparation, span=6)
        add("preparation_hours", tr("Told at least, hours before"), self.lead_hours, span=6)
        add("needs_authorization", tr("Authorization"), self.needs_authorization, span=6)
        add("authorization_days", tr("It takes, in days"), self.authorization_days, span=6)
        add("color", tr("Color"), self.color, span=6)
        add("for_new_patients", tr("Who and how"), _line(self.for_new, self.is_video), span=6)
        add("opens_blocks", tr("May be booked into time kept for"), _line(*self.opens.values()))
        self.form.add_wide(self.strip)
        add("phases", tr("Phases"), self.phases)
        add("form_keys", tr("Forms to sign at each visit"), self.form_boxes)
        add(
            "expected_codes",
            tr("Codes it usually comes to"),
            self.codes,
            message=tr("With commas between. They stand first when the superbill is entered."),
        )
        self.minutes.value_changed.connect(self._paint)
        self.phases.changed.connect(self._paint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the list gives way to the form."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self._side.setFixedWidth(min(theme().px(400), round(self.width() * 0.36)))
        self.table.setColumnHidden(2, is_narrow)

    # -- what is shown --------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._take_kinds, resources.bookable_kinds)
        self.desk.ask(self, self._take_forms, visit_forms.visit_forms)
        self.desk.ask(self, self._show, visit_types.visit_types, with_inactive=True)

    def _take_kinds(self, kinds: tuple[Want, ...]) -> None:
        had = self.draft() == self._shown
        self.phases.offer(kinds)
        if had:
            self._shown = self.draft()

    def _take_forms(self, forms: tuple[VisitForm, ...]) -> None:
        had = self.draft() == self._shown
        self.form_boxes.offer(forms)
        if had:
            self._shown = self.draft()

    def _show(self, found: tuple[VisitTypeView, ...]) -> None:
        self.model.show(found)
        if self._type is None and self._is_untouched() and found:
            self.table.choose_first()

    def _choose(self, chosen: VisitTypeView | None) -> None:
        """What was typed is not lost to a new answer of the same row."""
        if chosen is None:
            return
        is_same = self._type is not None and self._type.id == chosen.id
        if is_same and not self._is_untouched():
            return
        self._type = chosen
        self.clear_complaints()
        self._title.setText(chosen.name)
        self.active.setVisible(True)
        self.active.setText(tr("Stop offering it") if chosen.is_active else tr("Offer it again"))
        self._fill(_draft(chosen))
        self.desk.ask(
            self,
            lambda codes: self._show_codes(chosen, codes),
            expected_codes.expected,
            visit_type_id=chosen.id,
        )

    def start_new(self) -> None:
        """An empty form."""
        self._type = None
        self.clear_complaints()
        self._title.setText(tr("New visit type"))
        self.active.setVisible(False)
        self._fill(VisitTypeDraft("", 15))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_untouched(self) -> bool:
        return self.draft() == self._shown and self._typed_codes() == self._codes

    def _fill(self, draft: VisitTypeDraft) -> None:
        self.name.set_value(draft.name)
        self.short_name.set_value(draft.short_name)
        self.minutes.set_value(draft.minutes)
        self.early.set_value(draft.arrive_early_minutes)
        self.color.set_value(draft.color)
        self.preparation.set_value(draft.preparation)
        self.lead_hours.set_value(draft.preparation_hours)
        for kind, box in self.opens.items():
            box.setChecked(kind in draft.opens_blocks)
        self.needs_authorization.setChecked(draft.needs_authorization)
        self.authorization_days.set_value(draft.authorization_days)
        self.for_new.setChecked(draft.for_new_patients)
        self.is_video.setChecked(draft.is_video)
        self.phases.show_phases(draft.phases)
        self.form_boxes.set_value(draft.form_keys)
        self.codes.set_value("")
        self._codes = ()
        self._shown = self.draft()
        self._paint()

    def _paint(self) -> None:
        self.strip.show_phases(self.phases.value(), self.minutes.value())

    def draft(self) -> VisitTypeDraft:
        """What stands in the form."""
        return VisitTypeDraft(
            name=self.name.value(),
            minutes=self.minutes.value(),
            short_name=self.short_name.value(),
            phases=self.phases.value(),
            arrive_early_minutes=self.early.value() or 0,
            preparation=self.preparation.value(),
            preparation_hours=self.lead_hours.value() or 0,
            needs_authorization=self.needs_authorization.isChecked(),
            authorization_days=self.authorization_days.value() or 0,
            color=self.color.value() or "",
            opens_blocks=tuple(kind for kind, box in self.opens.items() if box.isChecked()),
            for_new_patients=self.for_new.isChecked(),
            is_video=self.is_video.isChecked(),
            sort_order=self._type.sort_order if self._type else 99,
            form_keys=self.form_boxes.value(),
        )

    # -- what is changed ------------------------------------------------------

    def keep(self) -> None:
        """Add the new type, or change the chosen one; booked visits keep their times."""
        self.clear_complaints()
        if not self.form.check():
            return
        self.desk.do(
            self,
            self._kept,
            expected_codes.set_up,
            visit_type_id=self._type.id if self._type else None,
            draft=self.draft(),
            expected=self._typed_codes(),
            version=self._type.version if self._type else None,
        )

    def _kept(self, made: SetUp) -> None:
        is_new = made.former is None
        words = tr("Added {name}") if is_new else tr("Changed {name}")
        self.told.emit(words.format(name=self.name.value()))
        self._shown, self._codes = self.draft(), self._typed_codes()
        if is_new:
            self.desk.ask(
                self,
                lambda found: self._show_added(found, made.visit_type_id),
                visit_types.visit_types,
                with_inactive=True,
            )

    def _show_added(self, found: tuple[VisitTypeView, ...], visit_type_id: int) -> None:
        self.model.show(found)
        self.table.choose(visit_type_id)

    def _typed_codes(self) -> tuple[str, ...]:
        return tuple(code.strip() for code in self.codes.value().split(",") if code.strip())

    def _show_codes(self, chosen: VisitTypeView, codes: tuple[str, ...]) -> None:
        if self._type is not None and self._type.id == chosen.id and self._typed_codes() == self._codes:
            self._codes = codes
            self.codes.set_value(", ".join(codes))

    def turn_active(self) -> None:
        """Booked visits of a type that is no longer offered stay."""
        chosen = self._type
        if chosen is None:
            return
        self.clear_complaints()
        told = tr("Stopped offering {name}") if chosen.is_active else tr("Offered {name} again")
        self.desk.do(
            self,
            lambda _: self.told.emit(told.format(name=chosen.name)),
            visit_types.set_visit_type_active,
            visit_type_id=chosen.id,
            is_active=not chosen.is_active,
        )


def _line(*boxes: CheckBox) -> QWidget:
    whole = QWidget()
    whole.setLayout(row(*boxes, None, gap=16))
    return whole


def _named(each: VisitTypeView) -> Cell:
    if each.is_active:
        return Cell(each.name, "strong")
    return Cell(each.name, color="text-3", detail=tr("not offered"))


def _needs(each: VisitTypeView) -> str:
    wants = dict.fromkeys(
        (phase.role, phase.wanted) for phase in each.phases if phase.role is not Role.PROVIDER
    )
    return ", ".join(want_name(want) for want in wants)


def _draft(view: VisitTypeView) -> VisitTypeDraft:
    return VisitTypeDraft(
        name=view.name,
        minutes=view.minutes,
        short_name=view.short_name,
        phases=view.phases,
        arrive_early_minutes=view.arrive_early_minutes,
        preparation=view.preparation,
        preparation_hours=view.preparation_hours,
        needs_authorization=view.needs_authorization,
        authorization_days=view.authorization_days,
        color=view.color,
        opens_blocks=view.opens_blocks,
        for_new_patients=view.for_new_patients,
        is_video=view.is_video,
        sort_order=view.sort_order,
        form_keys=view.form_keys,
    )
