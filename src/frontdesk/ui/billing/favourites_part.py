"""Billing set-up: the codes that each provider wants offered first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import code_favourites, code_search
from frontdesk.services.billing.code_favourites import Favourite, FavouriteKind
from frontdesk.services.billing.codes import Diagnosis, Procedure
from frontdesk.services.office import providers
from frontdesk.services.office.providers import ProviderView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.row_list import Item
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_KINDS = {FavouriteKind.DIAGNOSIS: "Diagnosis", FavouriteKind.SERVICE: "Service"}


class FavouritesPart(SetupPart):
    """The provider and the search in the bar, the favourites below; Delete takes one off."""

    new_words = "Find a code to add"
    topics = frozenset({"favourite_code"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._found: list[Suggestion] = []
        self._typed = ""
        self.provider: Combo[int] = Combo((), hint=tr("Provider"))
        self.provider.setAccessibleName(tr("Provider"))
        self.provider.setMinimumWidth(theme().px(200))
        self.provider.chosen.connect(self._ask)
        self.search = SearchBox(tr("Words or a code, Enter adds"), says=tr("Find a code to add"))
        self.search.setMinimumWidth(theme().px(340))
        self.search.searched.connect(self._search)
        self.search.picked.connect(self._add)
        self.model = TableModel[Favourite](
            [
                Column(tr("Kind"), lambda each: tr(_KINDS[each.kind]), width=110),
                Column(tr("Code"), lambda each: Cell(each.code, role="strong"), width=100),
                Column(tr("Words"), _words),
            ],
            key=lambda each: (each.kind, each.code),
        )
        self.table = Table(self.model, says=tr("Favorites of the provider"))
        self.nothing = EmptyState(
            "star",
            tr("No favorites yet"),
            tr("What this provider used lately comes first in the search by itself. Add what should always."),
        )
        away = Button(tr("Remove"), icon="trash-2", keys="Delete")
        away.clicked.connect(self.remove)
        bar = Toolbar()
        bar.add_left(self.provider, self.search)
        bar.add(away)
        self.setLayout(column(bar, self.banner, self.nothing, self.table, gap=0))
        set_shown(self.nothing, False)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Delete", tr("Remove"), self.on_list(self.remove)),)

    def new(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        self.desk.ask(self, self._show_providers, providers.providers)

    def remove(self) -> None:
        """The chosen code is found as any other again."""
        line, doctor = self.table.current(), self.provider.value()
        if line is not None and doctor is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Removed {code} from the favorites", code=line.code)),
                code_favourites.remove,
                provider_id=doctor,
                kind=line.kind,
                code=line.code,
            )

    def _show_providers(self, found: tuple[ProviderView, ...]) -> None:
        chosen = self.provider.value()
        self.provider.set_options(tuple((each.id, each.name) for each in found))
        if chosen is None and found:
            self.provider.set_value(found[0].id)
        self._ask()

    def _ask(self, *_: object) -> None:
        if (doctor := self.provider.value()) is not None:
            self.desk.ask(self, self._show, code_favourites.favourites, provider_id=doctor)

    def _show(self, found: tuple[Favourite, ...]) -> None:
        self.model.show(found)
        show_instead(*((self.table, self.nothing) if found else (self.nothing, self.table)))
        self.table.choose_one()

    def _search(self, typed: str) -> None:
        """Diagnoses first, then services."""
        self._typed = typed
        today = self.desk.today
        self.desk.ask(self, self._diagnoses_found, code_search.find_diagnoses, typed=typed, on=today, limit=6)

    def _diagnoses_found(self, found: tuple[Diagnosis, ...]) -> None:
        self._found = [_suggestion(FavouriteKind.DIAGNOSIS, each.code, each.label) for each in found]
        self.desk.ask(
            self,
            self._services_found,
            code_search.find_procedures,
            typed=self._typed,
            on=self.desk.today,
            limit=6,
        )

    def _services_found(self, found: tuple[Procedure, ...]) -> None:
        services = [_suggestion(FavouriteKind.SERVICE, each.code, each.label) for each in found]
        self.search.show_found(self._typed, self._found + services)

    def _add(self, chosen: tuple[FavouriteKind, str]) -> None:
        doctor, (kind, code) = self.provider.value(), chosen
        self.search.clear()
        self.clear_complaints()
        if doctor is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Added {code} to the favorites", code=code)),
                code_favourites.add,
                provider_id=doctor,
                kind=kind,
                code=code,
            )


def _suggestion(kind: FavouriteKind, code: str, label: str) -> Suggestion:
    return Suggestion((kind, code), Item(label, lead=code))


def _words(each: Favourite) -> Cell:
    return Cell(each.problem, color="warn", icon="triangle-alert") if each.problem else Cell(each.label)
