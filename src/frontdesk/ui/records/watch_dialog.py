"""Sets up the folder that this station looks through."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.services.records import watch_folder
from frontdesk.services.records.watch_folder import Afterwards, Folder, FolderView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class WatchDialog(Dialog):
    """Each station has its own path to it; several may look through the same folder."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            tr("Which folder do files come in by?"),
            tr("Complete PDF, picture and text files in it go into the tray by themselves."),
            icon="folder-cog",
            icon_color="accent",
            width=520,
        )
        self._desk = desk
        self._version = 0
        self.is_active = CheckBox(tr("Look through this folder"))
        self.path = TextEdit(hint=tr("/srv/fax/in"))
        self.source = TextEdit(hint=tr("Fax"))
        self.afterwards = Combo[Afterwards](
            ((Afterwards.MOVE, tr("Moved into “filed” beside it")), (Afterwards.REMOVE, tr("Removed")))
        )
        self._choose = Button(tr("Choose…"), icon="folder-open")
        self._choose.clicked.connect(self._choose_folder)
        self.fields = Form()
        self.fields.add("path", tr("Folder, as this computer sees it"), self.path, span=12)
        self.fields.add("source", tr("Comes from"), self.source, span=5)
        self.fields.add("afterwards", tr("A file that is in the tray is"), self.afterwards, span=7)
        self.body.addWidget(self.is_active)
        self.body.addWidget(self.fields)
        self.body.addWidget(self._choose)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.save_button = self.add_verb(tr("Save"), self._save, kind="primary", closes=False)
        self.path.setFocus()
        desk.ask(self, self._show, watch_folder.of_this_station)

    def _show(self, seen: FolderView) -> None:
        self._version = seen.version
        self.path.set_value(seen.folder.path)
        self.source.set_value(seen.folder.source)
        self.afterwards.set_value(seen.folder.afterwards)
        self.is_active.setChecked(seen.folder.is_active or not seen.version)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder"), self.path.value())
        if chosen:
            self.path.set_value(str(Path(chosen)))

    def _save(self) -> None:
        folder = Folder(
            path=self.path.value(),
            afterwards=self.afterwards.value() or Afterwards.MOVE,
            source=self.source.value(),
            is_active=self.is_active.isChecked(),
        )
        self._desk.do(self, self._saved, watch_folder.set_up, folder=folder, version=self._version)

    def _saved(self, _before: FolderView) -> None:
        self.accept()
