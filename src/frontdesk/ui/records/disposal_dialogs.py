"""Questions of a disposal run: why a record is kept, how it is destroyed, why a run is called off."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.visit import disposal, disposal_done
from frontdesk.services.visit.disposal import Decided, Decision
from frontdesk.services.visit.disposal_views import ItemLine, RunLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import counted, tr

Told = Callable[[str], object]


class KeepReason(Dialog):
    """An entry stays, for a reason; in a year it comes up again."""

    def __init__(self, parent: QWidget, desk: Desk, run_id: int, item: ItemLine, then: Callable[[], object]):
        super().__init__(
            parent,
            tr("Why is “{title}” kept?", title=item.title),
            tr("It stays in the chart, and comes up again in a year."),
            icon="archive-restore",
            icon_color="accent",
        )
        self._desk, self._run_id, self._item_id, self._then = desk, run_id, item.id, then
        self.reason = TextEdit(hint=tr("The patient asked for it, still treated, …"))
        self.reason.set_value(item.keep_reason)
        form = Form()
        form.add("reason", tr("Reason"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Not decided yet"), keys="Esc")
        self.add_verb(tr("Keep it"), self._keep, kind="primary", closes=False)
        self.reason.setFocus()

    def _keep(self) -> None:
        self._desk.do(
            self,
            self._kept,
            disposal.decide,
            run_id=self._run_id,
            decisions=(Decided(self._item_id, Decision.KEEP, self.reason.value()),),
        )

    def _kept(self, _: object) -> None:
        self.accept()
        self._then()


class CarryOut(Dialog):
    """The last question: it cannot be undone."""

    def __init__(
        self, parent: QWidget, desk: Desk, run: RunLine, told: Told, scrub: Callable[[], object]
    ) -> None:
        super().__init__(
            parent,
            counted(run.dispose_count, "Destroy 1 record for good?", "Destroy {count} records for good?"),
            tr(
                "The keys of their bytes are destroyed; nobody can bring them back. Their entries stay, and a"
                " certificate is kept. Legal holds and rules are looked at once more."
            ),
            icon="triangle-alert",
            width=480,
        )
        self._desk, self._run, self._told, self._scrub = desk, run, told, scrub
        self.method = TextEdit()
        self.method.set_value(tr("Encryption keys destroyed"))
        self.vendor = TextEdit(hint=tr("None"))
        self.witness = TextEdit(hint=tr("Who was there besides you"))
        form = Form()
        form.add("method", tr("Method"), self.method)
        form.add("vendor", tr("Vendor"), self.vendor, span=6)
        form.add("witness", tr("Witness"), self.witness, span=6)
        self.body.addWidget(form)
        self.add_verb(tr("Destroy now"), self._carry_out, kind="danger", closes=False)
        self.add_verb(tr("Destroy nothing"), kind="primary", keys="Esc")

    def _carry_out(self) -> None:
        self._desk.do(
            self,
            self._done,
            disposal_done.carry_out,
            run_id=self._run.id,
            method=self.method.value(),
            vendor=self.vendor.value(),
            witness=self.witness.value(),
            version=self._run.version,
        )

    def _done(self, _: object) -> None:
        self.accept()
        self._told(tr("Carried out {number}", number=self._run.number))
        self._scrub()


class CallOff(Dialog):
    """A run ends without destroying anything."""

    def __init__(self, parent: QWidget, desk: Desk, run: RunLine, told: Told) -> None:
        super().__init__(
            parent,
            tr("Call {number} off?", number=run.number),
            tr("Nothing is destroyed. What is still due can be collected again."),
            icon="ban",
        )
        self._desk, self._run, self._told = desk, run, told
        self.reason = TextEdit()
        form = Form()
        form.add("reason", tr("Why"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Go on with it"), keys="Esc")
        self.add_verb(tr("Call it off"), self._call_off, kind="danger", closes=False)
        self.reason.setFocus()

    def _call_off(self) -> None:
        self._desk.do(self, self._done, disposal.call_off, run_id=self._run.id, reason=self.reason.value())

    def _done(self, _: object) -> None:
        self.accept()
        self._told(tr("Called off {number}", number=self._run.number))
