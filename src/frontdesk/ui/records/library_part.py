"""The library of consent forms, as a part of the check-in set-up."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import forms
from frontdesk.services.records.forms import FormFace, Needed
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

_NEEDED = {
    Needed.ONCE: "Once",
    Needed.YEARLY: "Every year",
    Needed.EACH_VISIT: "At each visit",
    Needed.VISIT_TYPE: "By kind of visit",
}


class LibraryPart(SetupPart):
    """The forms in force, each with its languages."""

    topics = frozenset({"consent_form"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[FormFace](
            [
                Column(tr("Form"), lambda each: Cell(each.title, "strong")),
                Column(tr("Language"), lambda each: each.language, width=90),
                Column(tr("Edition"), lambda each: str(each.edition), width=70, align="right"),
                Column(tr("In use since"), lambda each: us_date(each.effective_on), width=110),
                Column(tr("Asked for"), lambda each: tr(_NEEDED[each.needed]), width=150),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Consent forms"))
        self.setLayout(column(self.banner, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def reload(self) -> None:
        self.desk.ask(self, self.model.show, forms.current_forms)
