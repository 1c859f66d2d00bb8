"""The places where patients are seen, as a part of the set-up: changed, added, closed and opened again."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_phone
from frontdesk.services.office import sites
from frontdesk.services.office.identifiers import US_ZONES
from frontdesk.services.office.practice import PracticeView, practice
from frontdesk.services.office.sites import SiteDraft, SiteView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, says
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.office.practice_form import written_zip, zone_choices
from frontdesk.ui.text import tr


class SitesPart(SetupPart):
    """Enter changes a site; Delete closes it, or opens it again."""

    new_words = "New site"
    topics = frozenset({"site"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[SiteView](
            [
                Column(tr("Site"), _name),
                Column(tr("Address"), lambda each: Cell(_address(each.draft), color="text-2"), width=330),
                Column(tr("Phone"), lambda each: us_phone(each.draft.phone), width=120),
                Column(tr("NPI"), _npi, width=120),
                Column(tr("Place"), lambda each: each.draft.place_of_service, width=60),
                Column(tr("State"), _state, width=90),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Sites"))
        ColumnFit(
            self.table,
            self.model.columns,
            least=200,
            first_to_go=(tr("Phone"), tr("Place"), tr("NPI"), tr("Address")),
        )
        self.table.opened.connect(self.change)
        self.table.chosen.connect(self._offer)
        self.new_button = Button(tr("New site…"), icon="plus", keys="Ctrl+N")
        self.new_button.clicked.connect(self.new)
        self.change_button = Button(tr("Change…"), icon="pencil", keys="Enter")
        self.change_button.clicked.connect(self._change_chosen)
        self.close_button = Button(tr("Close site"), icon="power", keys="Delete")
        self.close_button.clicked.connect(self.close_or_open)
        words = tr(
            "Where a visit took place, on its claim and in letters about it, from now on. "
            "What was sent keeps what it said."
        )
        head = says(words, self.close_button, self.change_button, self.new_button)
        self.setLayout(column(self.banner, head, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Change site")),
            Key("Delete", tr("Close the site, or open it again"), self.on_list(self.close_or_open)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, sites.sites, with_inactive=True)

    def new(self) -> None:
        SiteDialog(self, self.desk, None, self.told.emit).open()

    def change(self, site: SiteView) -> None:
        """What stands on claims and letters about visits there."""
        SiteDialog(self, self.desk, site, self.told.emit).open()

    def close_or_open(self) -> None:
        """A closed site is in no list; its visits stay."""
        site = self.table.current()
        if site is None:
            return
        self.clear_complaints()
        act = sites.deactivate_site if site.is_active else sites.reactivate_site
        words = tr("Closed {site}") if site.is_active else tr("Opened {site} again")
        self.desk.do(self, lambda _: self.told.emit(words.format(site=site.name)), act, site_id=site.id)

    def _change_chosen(self) -> None:
        if (site := self.table.current()) is not None:
            self.change(site)

    def _show(self, found: tuple[SiteView, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()
        self._offer(self.table.current())

    def _offer(self, site: SiteView | None) -> None:
        self.change_button.setEnabled(site is not None)
        set_shown(self.close_button, site is not None and not site.is_main)
        is_closed = site is not None and not site.is_active
        self.close_button.setText(tr("Open site again") if is_closed else tr("Close site"))


class SiteDialog(Dialog):
    """A site's name, address and numbers; a new one starts in the practice's time zone and state."""

    def __init__(
        self, parent: QWidget, desk: Desk, site: SiteView | None, told: Callable[[str], object]
    ) -> None:
        question = tr("What is {site} now?", site=site.name) if site else tr("Where else are patients seen?")
        super().__init__(parent, question, icon="building-2", icon_color="accent", width=560)
        self._desk, self._site, self._told = desk, site, told
        self.texts = {name: TextEdit() for name in _TEXTS}
        self.phone = PhoneEdit()
        self.zone = Combo[str](zone_choices(US_ZONES), hint=tr("Choose"))
        self.form = Form()
        for name, (label, span) in _TEXTS.items():
            self.form.add(name, tr(label), self.texts[name], span=span)
        self.form.add("zone", tr("Time zone"), self.zone, span=6)
        self.form.add("phone", tr("Phone (may be empty)"), self.phone, span=6)
        self.texts["state"].setMaxLength(2)
        self.texts["place_of_service"].set_value("11")
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it is") if site else tr("Cancel"), keys="Esc")
        verb = tr("Change site") if site else tr("Add site")
        self.verb = self.add_verb(verb, self.save, kind="primary", keys="Enter", closes=False)
        if site is not None:
            self._fill(site.draft)
        else:
            desk.ask(self, self._start_as, practice)
        self.texts["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Each refusal stands beside its field."""
        if not self.form.check():
            return
        draft = SiteDraft(
            **{name: edit.value() for name, edit in self.texts.items()},
            zone=self.zone.value() or "",
            phone=self.phone.text().strip(),
        )
        if self._site is None:
            self._desk.do(self, self._saved, sites.add_site, draft=draft)
        else:
            self._desk.do(
                self,
                self._saved,
                sites.edit_site,
                site_id=self._site.id,
                draft=draft,
                version=self._site.version,
            )

    def _start_as(self, found: PracticeView) -> None:
        self.zone.set_options(zone_choices(dict.fromkeys((*US_ZONES, found.draft.zone))))
        self.zone.set_value(found.draft.zone)
        self.texts["state"].set_value(found.draft.state)

    def _fill(self, draft: SiteDraft) -> None:
        for name, edit in self.texts.items():
            edit.set_value(getattr(draft, name))
        self.texts["zip"].set_value(written_zip(draft.zip))
        self.phone.set_value(draft.phone or None)
        self.zone.set_options(zone_choices(dict.fromkeys((*US_ZONES, draft.zone))))
        self.zone.set_value(draft.zone)

    def _saved(self, _: object) -> None:
        name = self.texts["name"].value()
        words = tr("Changed {site}", site=name) if self._site else tr("Added {site}", site=name)
        self.accept()
        self._told(words)


_TEXTS = {
    "name": ("Name of the site", 8),
    "place_of_service": ("Place of service", 4),
    "address1": ("Street address", 8),
    "address2": ("Suite (may be empty)", 4),
    "city": ("City", 5),
    "state": ("State", 3),
    "zip": ("ZIP+4", 4),
    "npi": ("NPI, where it has its own", 12),
}
"""Fields of plain text: label and twelfths."""


def _name(site: SiteView) -> Cell:
    return Cell(site.name, "strong", detail=tr("main site") if site.is_main else "")


def _address(draft: SiteDraft) -> str:
    street = ", ".join(part for part in (draft.address1, draft.address2) if part)
    return f"{street}, {draft.city}, {draft.state} {written_zip(draft.zip)}"


def _npi(site: SiteView) -> Cell:
    return Cell(site.draft.npi) if site.draft.npi else Cell(tr("the practice's"), color="text-3")


def _state(site: SiteView) -> Cell:
    return Cell(tr("In use"), color="text-2") if site.is_active else Cell(tr("Closed"), tone="neutral")
