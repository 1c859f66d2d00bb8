"""The list of what to ask for, each with its tick and its reason, and the sum of what is ticked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import asked
from frontdesk.services.billing.asked import Allocation, AskFor, AskItem
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.explained import Amount, explains
from frontdesk.ui.kit.label import EndingLabel, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_AHEAD = {"copay": Part.COPAY, "deposit": Part.DEPOSIT, "prepayment": Part.AHEAD}


class AskedFor(QWidget):
    """What is due is ticked at first; the desk takes out what the patient does not pay now."""

    total_changed = Signal()
    credit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: AskFor | None = None
        self._items: tuple[AskItem, ...] = ()
        self._boxes: list[CheckBox] = []
        self._shows_family = False
        self._total = Label("", "section")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))

    @property
    def ticked(self) -> tuple[AskItem, ...]:
        return tuple(item for item, box in zip(self._items, self._boxes, strict=True) if box.isChecked())

    @property
    def ticked_here(self) -> tuple[AskItem, ...]:
        """Without what another household owes: that is paid here, and nothing else done with it."""
        return tuple(item for item in self.ticked if not item.household)

    @property
    def unticked(self) -> tuple[AskItem, ...]:
        """What else the money may be for; never what another household owes."""
        return tuple(
            item
            for item, box in zip(self._items, self._boxes, strict=True)
            if not box.isChecked() and not item.household
        )

    @property
    def total(self) -> int:
        return asked.total(self.ticked)

    @property
    def total_here(self) -> int:
        return asked.total(self.ticked_here)

    @property
    def due(self) -> int:
        """All that there is to ask of the patient at the desk."""
        return self._shown.total_cents if self._shown is not None else 0

    def clear(self) -> None:
        """Another patient: no tick is kept."""
        self._shown, self._items, self._boxes, self._shows_family = None, (), [], False

    def show_items(self, ask_for: AskFor) -> None:
        """Other items; one that was ticked or taken out by hand stays so."""
        if ask_for == self._shown:
            return
        by_hand = {
            _key(item): box.isChecked()
            for item, box in zip(self._items, self._boxes, strict=True)
            if box.isChecked() is not _is_ticked(item)
        }
        self._shown = ask_for
        while (taken := self._column.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._items, self._boxes = (*ask_for.items, *ask_for.family, *ask_for.elsewhere), []
        for item in ask_for.items:
            self._column.addWidget(self._line(item, is_on=by_hand.get(_key(item), _is_ticked(item))))
        if not ask_for.items:
            words = Label(tr("Nothing is due. A payment ahead can be taken."), "body", "text-2")
            self._column.addWidget(words)
        self._add_family(ask_for, by_hand)
        self._add_elsewhere(ask_for, by_hand)
        if ask_for.credit_cents:
            self._column.addWidget(self._credit(ask_for))
        self._column.addWidget(Rule())
        self._total = Label("", "section")
        foot = QWidget()
        foot.setLayout(row(Label(tr("Total to take"), "strong"), None, self._total))
        self._column.addWidget(foot)
        self._add_up()

    def _add_family(self, ask_for: AskFor, by_hand: dict[tuple[str, str], bool]) -> None:
        """The others of the household stand behind a link: most people pay for themselves."""
        lines = [self._line(item, is_on=by_hand.get(_key(item), False)) for item in ask_for.family]
        if not lines:
            return
        people = len({item.patient_id for item in ask_for.family})
        words = counted(people, "{count} other of the family", "{count} others of the family")
        opener = LinkButton(tr("{who}: {amount}", who=words, amount=dollars(ask_for.family_cents)))
        is_open = self._shows_family or any(by_hand.values())
        opener.clicked.connect(lambda: self._open_family(opener, lines))
        set_shown(opener, not is_open)
        self._column.addWidget(opener)
        for line in lines:
            self._column.addWidget(line)
            set_shown(line, is_open)

    def _add_elsewhere(self, ask_for: AskFor, by_hand: dict[tuple[str, str], bool]) -> None:
        """What another household owes for this patient is said, and paid only where it is ticked."""
        household = ""
        for item in ask_for.elsewhere:
            if item.household != household:
                household = item.household
                words = tr("Not asked for here, left on {household}:", household=household)
                self._column.addWidget(EndingLabel(words, "secondary", "text-2"))
            self._column.addWidget(self._line(item, is_on=by_hand.get(_key(item), False)))

    def _open_family(self, opener: QWidget, lines: list[QWidget]) -> None:
        self._shows_family = True
        for line in lines:
            set_shown(line, True)
        assert self._shown is not None, "they were shown"
        self._boxes[len(self._shown.items)].setFocus()
        set_shown(opener, False)

    def _credit(self, ask_for: AskFor) -> QWidget:
        words = tr("{credit} to the household's credit", credit=dollars(ask_for.credit_cents))
        free = ask_for.free_credit_cents
        user = LinkButton(tr("Use {amount} of it", amount=dollars(free)) if free else "")
        user.clicked.connect(self.credit_wanted)
        owes = any(item.is_charged for item in self._items)
        set_shown(user, bool(free) and owes)
        line = QWidget()
        said = explains(Label(words, "secondary", "text-2"), *_of_credit(ask_for))
        line.setLayout(row(said, None, user))
        return line

    def _line(self, item: AskItem, *, is_on: bool) -> QWidget:
        words = f"{item.patient}: {item.label}" if item.patient else item.label
        box = CheckBox(words, checked=is_on)
        because = " ".join(part for part in (item.because, item.detail) if part)
        box.setAccessibleDescription(f"{dollars(item.amount_cents)}, {because}")
        box.toggled.connect(self._add_up)
        self._boxes.append(box)
        why = EndingLabel(f"({item.because})" if not item.because.endswith(".") else "", "body", "text-3")
        line = QWidget()
        amount = explains(Label(dollars(item.amount_cents), "strong"), *_of_item(item))
        pieces = row(box, why, amount)
        pieces.setStretch(1, 1)
        line.setLayout(pieces)
        line.setToolTip(because)
        return line

    def _add_up(self) -> None:
        self._total.setText(dollars(self.total))
        self.total_changed.emit()


def _of_item(item: AskItem) -> list[Amount]:
    """What a plan asks for, each line of a visit, or what is asked or offered ahead of one."""
    if item.plan_id is not None:
        return [Amount(item.label, item.amount_cents, Subject(About.PLAN, item.plan_id, Part.ASKED))]
    return [
        Amount(item.label, each.amount_cents, subject)
        for each in item.allocations
        if (subject := _of_allocation(each)) is not None
    ]


def _of_allocation(each: Allocation) -> Subject | None:
    if each.charge_line_id is not None:
        return Subject(About.LINE, each.charge_line_id, Part.ASKED)
    if each.appointment_id is None:
        return None
    return Subject(About.VISIT, each.appointment_id, _AHEAD[each.purpose])


def _of_credit(ask_for: AskFor) -> list[Amount]:
    """What the household has to its credit, and what of it is free."""
    amounts = [(tr("The household's credit"), Part.CREDIT, ask_for.credit_cents)]
    if 0 < ask_for.free_credit_cents < ask_for.credit_cents:
        amounts.append((tr("Free of it"), Part.FREE, ask_for.free_credit_cents))
    return [
        Amount(name, cents, Subject(About.ACCOUNT, ask_for.account_id, part)) for name, part, cents in amounts
    ]


def _is_ticked(item: AskItem) -> bool:
    return item.is_asked and not item.patient


def _key(item: AskItem) -> tuple[str, str]:
    return item.household or item.patient, item.label
