"""Who is registered already and may be the person at the desk, with what speaks for it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration.duplicates import LookAlike
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class LookAlikes(Card):
    """The most alike first; opening a line opens that chart."""

    opened = Signal(object)
    """The id of the patient whose chart is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Registered already?"), "users", parent)
        self._model = ListModel[LookAlike](self._look, key=lambda found: found.patient_id, parent=self)
        self.list = RowList(self._model, says=tr("Patients who may be the same person"), parent=self)
        self.list.opened.connect(self._open)
        self._found: tuple[LookAlike, ...] = ()
        self._others: set[int] = set()
        self.same = Button(tr("This is the patient"), icon="user-check", height="small")
        self.same.clicked.connect(lambda: self._open(self.list.current()))
        self.other = Button(tr("Another person"), height="small")
        self.other.clicked.connect(self._say_other)
        self._verbs = QWidget()
        self._verbs.setLayout(row(self.same, self.other, None, gap=6))
        self._none = Label(tr("Nobody like this is registered."), "secondary", "text-3", wrap=True)
        self.reason = TextEdit(hint=tr("Twin, father and son, …"))
        self._form = Form()
        self._form.add("override", tr("Reason to register all the same"), self.reason)
        self.body.addWidget(self._none)
        self.body.addWidget(self.list)
        self.body.addWidget(self._verbs)
        self.body.addWidget(self._form)
        self.body.addStretch(1)
        self.show_found(())
        self.forget_reason()

    def show_found(self, found: Sequence[LookAlike]) -> None:
        """None found is said too: the desk need not look further."""
        self._found = tuple(found)
        self._model.show(self._found)
        set_shown(self.list, bool(found))
        set_shown(self._verbs, bool(found))
        if found and self.list.current() is None:
            self.list.choose(found[0].patient_id)
        set_shown(self._none, not found)
        self.list.setFixedHeight(min(self.list.height_of_all() + 2, theme().px(420)))

    def ask_for_reason(self, *, now: bool = False) -> None:
        """The field for the reason with which what stands in the way may pass; `now` takes the focus."""
        set_shown(self._form, True)
        if now:
            self.reason.setFocus()

    def forget_reason(self) -> None:
        """No reason is needed, and nobody was found to be another person."""
        self._others.clear()
        set_shown(self._form, False)
        self.reason.clear()

    @property
    def asks_for_reason(self) -> bool:
        return self._form.isVisibleTo(self)

    def _say_other(self) -> None:
        """Somebody else: the line steps back, and the reason is asked for once nobody certain is left."""
        found = self.list.current()
        if found is None:
            return
        self._others ^= {found.patient_id}
        self.show_found(self._found)
        certain = {each.patient_id for each in self._found if each.is_certain}
        if certain and certain <= self._others:
            self.ask_for_reason(now=True)

    def _look(self, found: LookAlike) -> Item:
        return _item(found, is_other=found.patient_id in self._others)

    def _open(self, found: LookAlike | None) -> None:
        if found is not None:
            self.opened.emit(found.patient_id)


def _item(found: LookAlike, *, is_other: bool = False) -> Item:
    if is_other:
        return Item(
            found.name,
            lines=((Words(f"{us_date(found.born_on)} · {found.chart_number}", color="text-3"),),),
            icon="user-x",
            icon_color="text-3",
            chip=tr("Another person"),
        )
    reasons = tuple((Words(reason),) for reason in found.reasons)
    return Item(
        found.name,
        lines=((Words(f"{us_date(found.born_on)} · {found.chart_number}"),), *reasons),
        icon="users",
        icon_color="block" if found.is_certain else "warn",
        chip=tr("Same person?") if found.is_certain else "",
        chip_tone="block",
    )
