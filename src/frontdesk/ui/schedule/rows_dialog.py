"""Which rows the Resources view shows."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule.resource_day import ResourceGroup
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.text import tr


class RowsDialog(Dialog):
    """A check box for each row, the kinds beside each other; none checked is the same as all."""

    def __init__(
        self,
        parent: QWidget,
        groups: Sequence[ResourceGroup],
        shown: Sequence[int],
        then: Callable[[tuple[int, ...]], object],
    ) -> None:
        super().__init__(
            parent, tr("Which rows does the view show?"), icon="list-checks", icon_color="text-2", width=620
        )
        self._then = then
        self.boxes: dict[int, CheckBox] = {}
        kinds = []
        for group in groups:
            boxes = [CheckBox(each.name, checked=not shown or each.id in shown) for each in group.rows]
            self.boxes |= {each.id: box for each, box in zip(group.rows, boxes, strict=True)}
            kinds.append(column(*boxes, None, gap=4))
        self.body.addLayout(row(*kinds, gap=24))
        self.add_verb(tr("Show all"), lambda: self._then(()))
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Show these rows"), self._show, kind="primary", keys="Return")

    def _show(self) -> None:
        checked = tuple(id for id, box in self.boxes.items() if box.isChecked())
        self._then(() if len(checked) == len(self.boxes) else checked)
