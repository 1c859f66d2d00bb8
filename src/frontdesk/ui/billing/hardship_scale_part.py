"""Billing set-up: the sliding scale that proposes how far hardship lowers what a household owes."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import hardship_scale
from frontdesk.services.billing.hardship_scale import MOST_BANDS, Band, Scale
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row, scrolled
from frontdesk.ui.kit.edits import AmountEdit, NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, form_pane
from frontdesk.ui.text import tr


class HardshipScalePart(SetupPart):
    """The incomes of the guideline above, the steps of the scale below."""

    topics = frozenset({"hardship_scale", "hardship_band"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.first, self.further = AmountEdit(), AmountEdit()
        self.steps = tuple(
            (NumberEdit(least=1, most=1000), NumberEdit(least=1, most=100)) for _ in range(MOST_BANDS)
        )
        self.form = Form(widens_below=560)
        self.form.add("first_cents", tr("Income of a year, one person"), self.first, span=6)
        self.form.add("further_cents", tr("More for each further person"), self.further, span=6)
        for place, (up_to, lower) in enumerate(self.steps, 1):
            self.form.add(f"up_to_{place}", tr("Up to, in % of that income"), up_to, span=6)
            self.form.add(f"lower_{place}", tr("Lowers what is owed by, in %"), lower, span=6)
        self.save_button = Button(tr("Save scale"), "primary", icon="check", keys="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        self.none_button = Button(tr("No scale"), icon="x")
        self.none_button.clicked.connect(self.clear)
        self._since = Label("", "secondary", "text-2")
        words = Label(
            tr(
                "Whoever decides on hardship sees what the scale says of the household, and may decide"
                " otherwise. The income is the office's choice, such as the year's poverty guideline."
            ),
            "secondary",
            "text-2",
            wrap=True,
        )
        verbs = row(self.save_button, self.none_button, self._since, None)
        self.setLayout(column(self.banner, scrolled(form_pane(words, self.form, verbs)), gap=0))

    def home(self) -> QWidget:
        return self.first

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Return", tr("Save the scale"), self.save),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, hardship_scale.in_force)

    def save(self) -> None:
        """The steps that are filled in, from the top."""
        self.clear_complaints()
        if self.form.check():
            bands = tuple(
                Band(up_to.value() or 0, lower.value() or 0)
                for up_to, lower in self.steps
                if up_to.value() is not None or lower.value() is not None
            )
            scale = Scale(self.first.value() or 0, self.further.value() or 0, bands)
            self.desk.do(self, self._saved, hardship_scale.set_scale, scale=scale)

    def clear(self) -> None:
        """Nothing is proposed any more."""
        self.clear_complaints()
        self.desk.do(self, self._saved, hardship_scale.set_scale, scale=None)

    def _show(self, found: Scale | None) -> None:
        self.first.set_value(found.first_cents if found else None)
        self.further.set_value(found.further_cents if found else None)
        bands = found.bands if found else ()
        for place, (up_to, lower) in enumerate(self.steps):
            up_to.set_value(bands[place].up_to_percent if place < len(bands) else None)
            lower.set_value(bands[place].lower_percent if place < len(bands) else None)
        self.none_button.setEnabled(found is not None)
        since = found.set_on if found else None
        self._since.setText(tr("Since {day}", day=us_date(since)) if since else tr("No scale is set."))

    def _saved(self, _: Scale | None) -> None:
        self.told.emit(tr("Saved the hardship scale"))
        self.reload()
