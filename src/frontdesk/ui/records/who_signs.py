"""The fields for who signs in the patient's place: a guardian on file, or somebody with their authority."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.records.signers import Representative
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

_OTHER = -1


class WhoSigns(Form):
    """The guardians on file come first; whoever is not among them needs a name, a relation and authority."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guardians: dict[int, Representative] = {}
        self.on_file: Combo[int] = Combo()
        self.on_file.chosen.connect(self._chose)
        self.name, self.relation = TextEdit(), TextEdit(hint=tr("Mother, guardian, proxy"))
        self.authority = TextEdit(hint=tr("Parent, court order, power of attorney"))
        self.add("representative_on_file", tr("On file"), self.on_file)
        self.add("representative_name", tr("Name of who signs"), self.name, span=5)
        self.add("representative_relation", tr("Relation to the patient"), self.relation, span=3)
        self.add("representative_authority", tr("Authority"), self.authority, span=4)
        set_shown(self.row("representative_on_file"), False)

    def offer(self, guardians: tuple[Representative, ...]) -> None:
        """The guardians of the patient at the desk; the first is chosen."""
        self._guardians = {each.contact_id: each for each in guardians if each.contact_id is not None}
        options = tuple((id, f"{each.name}, {each.relation}") for id, each in self._guardians.items())
        self.on_file.set_options((*options, (_OTHER, tr("Somebody else"))))
        set_shown(self.row("representative_on_file"), bool(options))
        first = next(iter(self._guardians), _OTHER)
        self.on_file.set_value(first)
        self._fill(first)

    def value(self) -> Representative:
        """Who is entered."""
        chosen = self.on_file.value()
        known = self._guardians.get(chosen) if chosen is not None else None
        typed = Representative(self.name.value(), self.relation.value(), self.authority.value())
        if known is not None and (typed.name, typed.relation) == (known.name, known.relation):
            return Representative(typed.name, typed.relation, typed.authority, known.contact_id)
        return typed

    def set_value(self, who: Representative) -> None:
        """Show another."""
        chosen = who.contact_id if who.contact_id in self._guardians else _OTHER
        self.on_file.set_value(chosen)
        self.name.set_value(who.name)
        self.relation.set_value(who.relation)
        self.authority.set_value(who.authority)

    def start(self) -> None:
        """The focus to the first field that is empty."""
        for edit in (self.name, self.relation, self.authority):
            if not edit.value():
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _chose(self, contact_id: int) -> None:
        self._fill(contact_id)
        if contact_id == _OTHER:
            self.start()

    def _fill(self, contact_id: int) -> None:
        known = self._guardians.get(contact_id, Representative("", ""))
        self.name.set_value(known.name)
        self.relation.set_value(known.relation)
        self.authority.set_value(known.authority)
