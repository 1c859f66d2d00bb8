"""What is asked about a volume of a paper chart: who takes it, where it was found, where it stands."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from frontdesk.services.records import movements, volumes
from frontdesk.services.records.movements import Holder, Takers
from frontdesk.services.records.volumes import NewVolume
from frontdesk.services.records.whereabouts import Place, Volume
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

Told = Callable[[str], object]


class HandDialog(Dialog):
    """Who takes a volume, from its shelf or from whoever has it."""

    def __init__(self, parent: QWidget, desk: Desk, volume: Volume, told: Told) -> None:
        super().__init__(
            parent,
            tr("Who takes {label}?", label=volume.label),
            tr("It is {where}.", where=volume.where),
            icon="folder-output",
            icon_color="accent",
        )
        self._desk, self._volume, self._told = desk, volume, told
        self._is_out = volume.place in movements.OUT
        self.kind = Segmented[Place](
            (
                (Place.DESK, tr("Provider")),
                (Place.ROOM, tr("Room")),
                (Place.PERSON, tr("Person")),
                (Place.OFF_SITE, tr("Off site")),
            ),
            says=tr("Where it goes"),
        )
        self.kind.chosen.connect(self._fit)
        self.provider, self.room, self.person = Combo[int](), Combo[int](), Combo[int]()
        self.box = TextEdit(hint=tr("Box 12, Rose City Storage"))
        self.out_for = TextEdit(volume.out_for, hint=tr("Visit, letter, audit, …"))
        self.due = DateEdit()
        self.form = Form()
        self._to = self.form.add("to", tr("Goes to"), self.kind)
        self._rows = {
            Place.DESK: self.form.add("provider", tr("Provider's desk"), self.provider),
            Place.ROOM: self.form.add("room", tr("Room"), self.room),
            Place.PERSON: self.form.add("person", tr("Person"), self.person),
            Place.OFF_SITE: self.form.add("box", tr("Box"), self.box),
        }
        if not self._is_out:
            self.form.add("out_for", tr("What for"), self.out_for, span=8)
            self.form.add("due_on", tr("Back by"), self.due, span=4)
        self.body.addWidget(self.form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.verb = self.add_verb(
            tr("Hand over") if self._is_out else tr("Check out"),
            self.send,
            kind="primary",
            keys="Return",
            closes=False,
        )
        self._fit()
        self.provider.setFocus()
        desk.ask(self, self._show_takers, movements.takers)

    def send(self) -> None:
        """The service says what is missing."""
        if not self.form.check():
            return
        kind = self.kind.value()
        to = Holder(
            kind,
            provider_id=self.provider.value() if kind is Place.DESK else None,
            room_id=self.room.value() if kind is Place.ROOM else None,
            user_id=self.person.value() if kind is Place.PERSON else None,
            words=self.box.value() if kind is Place.OFF_SITE else "",
        )
        volume = self._volume
        if self._is_out:
            self._desk.do(
                self,
                self._done,
                movements.hand_over,
                volume_id=volume.volume_id,
                to=to,
                version=volume.version,
            )
        else:
            self._desk.do(
                self,
                self._done,
                movements.check_out,
                volume_id=volume.volume_id,
                to=to,
                out_for=self.out_for.value(),
                due_on=self.due.value(),
                version=volume.version,
            )

    def _show_takers(self, takers: Takers) -> None:
        self.provider.set_options(takers.providers)
        self.room.set_options(takers.rooms)
        self.person.set_options(takers.people)

    def _done(self, _: int) -> None:
        self.accept()
        self._told(tr("Handed over {label}", label=self._volume.label))

    def _fit(self) -> None:
        for place, row in self._rows.items():
            set_shown(row, place is self.kind.value())
        self.adjustSize()


class NoteDialog(Dialog):
    """One line about a volume that is missing, or was found."""

    def __init__(self, parent: QWidget, desk: Desk, volume: Volume, told: Told) -> None:
        is_found = volume.place is Place.MISSING
        super().__init__(
            parent,
            tr("Where was {label}?", label=volume.label)
            if is_found
            else tr("Is {label} missing?", label=volume.label),
            tr("The next search for it begins there.")
            if is_found
            else tr("It should be {where}. The page Missing lists where to look.", where=volume.where),
            icon="folder-check" if is_found else "folder-search",
            icon_color="accent",
        )
        self._desk, self._volume, self._told, self._is_found = desk, volume, told, is_found
        self.note = TextEdit(hint=tr("Behind HP-09717") if is_found else tr("Not on Dr. Lee's desk either"))
        form = Form()
        form.add("note", tr("Where it was") if is_found else tr("What is known"), self.note)
        self.body.addWidget(form)
        self.add_verb(tr("Cancel"), keys="Esc")
        verb = tr("Found") if is_found else tr("Report missing")
        self.add_verb(verb, self.send, kind="primary", keys="Return", closes=False)
        self.note.setFocus()

    def send(self) -> None:
        act = movements.found if self._is_found else movements.report_missing
        self._desk.do(
            self,
            self._done,
            act,
            volume_id=self._volume.volume_id,
            note=self.note.value(),
            version=self._volume.version,
        )

    def _done(self, _: int) -> None:
        self.accept()
        label = self._volume.label
        found, missing = tr("Found {label}", label=label), tr("Missing: {label}", label=label)
        self._told(found if self._is_found else missing)


class OpenVolumeDialog(Dialog):
    """A new volume: where it stands; its barcode is the chart number, unless the folder bears one already."""

    def __init__(
        self, parent: QWidget, desk: Desk, patient_id: int, home: str, opened: Callable[[NewVolume], object]
    ) -> None:
        super().__init__(
            parent,
            tr("Open a paper volume?"),
            tr("It gets the next number of this chart, and a label to print."),
            icon="folder-plus",
            icon_color="accent",
        )
        self._desk, self._patient_id, self._opened = desk, patient_id, opened
        self.home_edit = TextEdit(home, hint=tr("Bay C, shelf 4, H-0917"))
        self.opened_on = DateEdit()
        self.opened_on.set_value(desk.today)
        self.barcode = TextEdit(hint=tr("From the chart number"))
        self.form = Form()
        self.form.add("home", tr("Shelf"), self.home_edit)
        self.form.add("opened_on", tr("Opened"), self.opened_on, span=5)
        self.form.add("barcode", tr("Barcode on the folder"), self.barcode, span=7)
        self.body.addWidget(self.form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Open volume"), self.send, kind="primary", keys="Return", closes=False)
        self.home_edit.setFocus()

    def send(self) -> None:
        if self.form.check():
            on: date | None = self.opened_on.value()
            self._desk.do(
                self,
                self._done,
                volumes.open_volume,
                patient_id=self._patient_id,
                home=self.home_edit.value(),
                opened_on=on,
                barcode=self.barcode.value(),
            )

    def _done(self, made: NewVolume) -> None:
        self.accept()
        self._opened(made)


class ShelfDialog(Dialog):
    """Another place on the shelves."""

    def __init__(self, parent: QWidget, desk: Desk, volume: Volume, told: Told) -> None:
        super().__init__(
            parent,
            tr("Where does {label} stand?", label=volume.label),
            icon="library-big",
            icon_color="accent",
        )
        self._desk, self._volume, self._told = desk, volume, told
        self.home_edit = TextEdit(volume.home)
        form = Form()
        form.add("home", tr("Shelf"), self.home_edit)
        self.body.addWidget(form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Save shelf"), self.send, kind="primary", keys="Return", closes=False)
        self.home_edit.setFocus()

    def send(self) -> None:
        self._desk.do(
            self,
            self._done,
            volumes.rehome,
            volume_id=self._volume.volume_id,
            home=self.home_edit.value(),
            version=self._volume.version,
        )

    def _done(self, _: str) -> None:
        self.accept()
        self._told(tr("Changed the shelf of {label}", label=self._volume.label))
