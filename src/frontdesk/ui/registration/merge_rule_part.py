"""Who merges charts in this office, as a part of the check-in set-up."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.visit import merge_rules
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.text import tr


class MergeRulePart(SetupPart):
    """One switch; where one person works alone there is no second."""

    topics = frozenset({"merge_rule"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.two = CheckBox(tr("A second person approves each merge of two charts"), checked=True)
        self.two.clicked.connect(self._change)
        self.two.setEnabled(desk.may("security.manage_users"))
        words = Label(
            tr(
                "One prepares a merge with a reason, another with the right to merge approves it. "
                "Turn this off only where one person works alone; each merge then says so."
            ),
            "secondary",
            "text-2",
            wrap=True,
        )
        self.setLayout(column(self.banner, row(self.two, None), words, None, gap=8, margins=(14, 12, 14, 12)))

    def home(self) -> QWidget:
        return self.two

    def reload(self) -> None:
        self.desk.ask(self, self.two.setChecked, merge_rules.two_persons)

    def _change(self) -> None:
        self.clear_complaints()
        self.desk.do(self, self._changed, merge_rules.set_two_persons, needs_two=self.two.isChecked())

    def _changed(self, _: bool) -> None:
        said = tr("Two persons make a merge") if self.two.isChecked() else tr("One person makes a merge")
        self.told.emit(said)
