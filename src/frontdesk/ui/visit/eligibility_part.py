"""How the office verifies coverage, as a part of the check-in set-up."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from frontdesk.services.registration import eligibility_settings
from frontdesk.services.registration.eligibility_settings import SettingsDraft, SettingsView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row, scrolled
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, form_pane
from frontdesk.ui.text import tr


class EligibilityPart(SetupPart):
    """One form; Ctrl+Enter saves it."""

    topics = frozenset({"eligibility_settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._version = 0
        self._shown = SettingsDraft()
        self.days_ahead, self.eligibility_days = NumberEdit(most=60), NumberEdit(most=366)
        self.before_visit_days, self.benefits_days = NumberEdit(most=60), NumberEdit(most=1000)
        self.renews = CheckBox(tr("What the plan pays is asked anew in each calendar year"))
        self.kinds = TextEdit(hint=tr("30 for the whole plan, 98 for office visits"))
        self.outgoing, self.incoming = TextEdit(), TextEdit()
        form = self.form = Form(widens_below=560)
        form.add("days_ahead", tr("Days ahead on the list"), self.days_ahead, span=4)
        form.add("eligibility_days", tr("Coverage: asked anew after (days)"), self.eligibility_days, span=4)
        form.add("before_visit_days", tr("And within days of the visit"), self.before_visit_days, span=4)
        form.add("benefits_days", tr("Benefits: asked anew after (days)"), self.benefits_days, span=4)
        form.add("service_types", tr("Asked about (service types)"), self.kinds, span=8)
        form.add_wide(self.renews)
        form.add("outgoing_folder", tr("Folder for questions"), self.outgoing, span=12)
        form.add("incoming_folder", tr("Folder for answers"), self.incoming, span=12)
        out, into = Button(tr("Choose for questions…")), Button(tr("Choose for answers…"))
        out.clicked.connect(lambda: self._choose(self.outgoing))
        into.clicked.connect(lambda: self._choose(self.incoming))
        note = Label(
            tr(
                "Where a clearinghouse's program picks files up and puts them down. "
                "Left empty, the desk is asked where, and chooses the files itself."
            ),
            "secondary",
            "text-3",
            wrap=True,
        )
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        content = form_pane(form, row(out, into, None), note, row(self.save_button, None))
        self.setLayout(column(self.banner, scrolled(content), gap=0))

    def home(self) -> QWidget:
        return self.days_ahead

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Return", tr("Save"), self.save),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, eligibility_settings.settings)

    def save(self) -> None:
        """Verify by these rules from now on."""
        self.clear_complaints()
        if self.form.check():
            self.desk.do(
                self, self._saved, eligibility_settings.set_up, draft=self._typed(), version=self._version
            )

    def _typed(self) -> SettingsDraft:
        shown = self._shown
        number = _number
        return SettingsDraft(
            days_ahead=number(self.days_ahead, shown.days_ahead),
            eligibility_days=number(self.eligibility_days, shown.eligibility_days),
            before_visit_days=self.before_visit_days.value(),
            benefits_days=number(self.benefits_days, shown.benefits_days),
            benefits_renew_yearly=self.renews.isChecked(),
            service_types=tuple(self.kinds.value().replace(",", " ").split()),
            outgoing_folder=self.outgoing.value(),
            incoming_folder=self.incoming.value(),
        )

    def _show(self, found: SettingsView) -> None:
        draft, self._version = found.draft, found.version
        self._shown = draft
        self.days_ahead.set_value(draft.days_ahead)
        self.eligibility_days.set_value(draft.eligibility_days)
        self.before_visit_days.set_value(draft.before_visit_days)
        self.benefits_days.set_value(draft.benefits_days)
        self.renews.setChecked(draft.benefits_renew_yearly)
        self.kinds.set_value(" ".join(draft.service_types))
        self.outgoing.set_value(draft.outgoing_folder)
        self.incoming.set_value(draft.incoming_folder)

    def _saved(self, _: object) -> None:
        self.told.emit(tr("Saved how coverage is verified"))
        self.reload()

    def _choose(self, edit: QLineEdit) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder"))
        if chosen:
            edit.setText(str(Path(chosen)))
        edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _number(edit: NumberEdit, otherwise: int) -> int:
    value = edit.value()
    return otherwise if value is None else value
