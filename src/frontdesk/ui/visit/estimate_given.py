"""How an estimate reached the patient is noted."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import estimates
from frontdesk.services.billing.estimates import EstimateWay
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

WAYS = (
    (EstimateWay.PRINTED, "Handed over on paper"),
    (EstimateWay.MAILED, "Mailed"),
    (EstimateWay.EMAILED, "E-mailed"),
)


class GivenDialog(Dialog):
    """How the newest version reached the patient."""

    def __init__(self, page: QWidget, desk: Desk, estimate_id: int, told: Callable[[str], object]) -> None:
        super().__init__(
            page,
            tr("How was the estimate given?"),
            tr("The patient must have it in writing: on paper, or electronically where they asked for that."),
            icon="check",
            icon_color="accent",
        )
        self._desk, self._estimate_id, self._told = desk, estimate_id, told
        self.way: Combo[EstimateWay] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        form = Form()
        form.add("way", tr("How"), self.way)
        self.body.addWidget(form)
        self.add_verb(tr("Not yet"), keys="Esc")
        self.add_verb(tr("Note it"), self._give, kind="primary", keys="Enter", closes=False)
        self.way.setFocus()

    def _give(self) -> None:
        way = self.way.value()
        if way is not None:
            self._desk.do(self, self._given, estimates.give, estimate_id=self._estimate_id, way=way)

    def _given(self, _: int) -> None:
        self.accept()
        self._told(tr("Noted that the estimate was given"))
