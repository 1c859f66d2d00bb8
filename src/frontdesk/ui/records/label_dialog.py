"""Labels of paper charts before they are printed: which sheet, and the first label on it that is left."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from frontdesk.services.records import chart_labels, volumes
from frontdesk.services.records.chart_labels import Stock
from frontdesk.services.records.volumes import NewVolume
from frontdesk.services.records.whereabouts import Place, Volume
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import tr

_SLIP = "slip"


class LabelDialog(PaperDialog):
    """The label as it lies on its sheet; for a volume that is out, the slip for its place too."""

    def __init__(self, parent: QWidget, desk: Desk, volume: Volume) -> None:
        super().__init__(parent, desk, tr("Label of {label}", label=volume.label), "chart-label.pdf")
        self._records, self._volume = desk, volume
        kinds: tuple[tuple[str, str], ...] = (
            (Stock.FOLDER.value, tr("Chart label, 2 × 4 inches, 10 to a sheet")),
            (Stock.ADDRESS.value, tr("Chart label, 1 × 2 5/8 inches, 30 to a sheet")),
        )
        if volume.place is not Place.SHELF:
            kinds = (*kinds, (_SLIP, tr("Out slip, for its place on the shelf")))
        self.stock: Combo[str] = Combo(kinds)
        self.start = NumberEdit(least=1, most=30)
        self.start.set_value(1)
        self.form = Form()
        self.form.add("stock", tr("Print"), self.stock, span=9)
        self.form.add("start", tr("First label left"), self.start, span=3)
        self.body.insertWidget(self.body.count() - 1, self.form)
        self.stock.chosen.connect(self.draw)
        self.start.value_changed.connect(self.draw)
        self.view.printed.connect(self._note)
        self.draw()

    def draw(self) -> None:
        """The sheet as it would be printed now."""
        self.form.clear_errors()
        self.banner.say("block", "")
        stock = self.stock.value()
        self.start.setEnabled(stock != _SLIP)
        ids = (self._volume.volume_id,)
        if stock == _SLIP:
            self._records.ask(self, self.show_pdf, chart_labels.out_slips_pdf, volume_ids=ids)
        elif stock is not None and not self.start.problem():
            self._records.ask(
                self,
                self.show_pdf,
                chart_labels.labels_pdf,
                volume_ids=ids,
                stock=Stock(stock),
                start=self.start.value() or 1,
            )

    def save(self, path: Path) -> None:
        """A saved label has left Frontdesk as well."""
        super().save(path)
        self._note()

    def _note(self) -> None:
        ids = (self._volume.volume_id,)
        self._records.do(self, _noted, chart_labels.note_labels, volume_ids=ids)


def print_new(page: Panel, made: NewVolume) -> None:
    """The label of a volume that was just opened."""
    page.desk.ask(page, partial(_show_new, page), volumes.volume, volume_id=made.volume_id)


def _show_new(page: Panel, volume: Volume) -> None:
    LabelDialog(page, page.desk, volume).open()


def _noted(_: None) -> None:
    """The log has it."""
