"""Under which name and key a view is kept, and which columns the day shows."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from frontdesk.services.office import sites
from frontdesk.services.office.sites import SiteView
from frontdesk.services.schedule import named_views
from frontdesk.services.schedule.named_views import KEYS, BookView, NamedViewDraft, NamedViewView, Renamed
from frontdesk.services.schedule.resources import BookableProvider
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

Then = Callable[[str], object]
"""Gets the words for the status bar."""
_NO_KEY = 0
_ALL_SITES = 0
_SHARING = "schedule.edit_templates"


class KeepViewDialog(Dialog):
    """Enter keeps it; whoever sets up the schedule may keep it for everybody."""

    def __init__(self, parent: QWidget, desk: Desk, what: NamedViewDraft, free: int, then: Then) -> None:
        super().__init__(
            parent,
            tr("Keep this view under a name"),
            tr("It opens with the columns and filters of now, on the day that is looked at."),
            icon="bookmark-plus",
            icon_color="text-2",
        )
        self._desk, self._what, self._then = desk, what, then
        self.name = TextEdit(hint=tr("Morning team"))
        self.key_number = _key_combo(free)
        self.for_all = CheckBox(tr("For everybody in the office"))
        set_shown(self.for_all, desk.may(_SHARING))
        form = Form()
        form.add("name", tr("Name"), self.name, span=8)
        form.add("key_number", tr("Key"), self.key_number, span=4)
        self.site = Combo[int]()
        self._site_row = form.add("site_id", tr("Location"), self.site)
        set_shown(self._site_row, False)
        self.body.addWidget(form)
        self.body.addWidget(self.for_all)
        self.add_verb(tr("Do not keep it"), keys="Esc")
        self.add_verb(tr("Keep view"), self._keep, kind="primary", keys="Return", closes=False)
        if what.book_view in (BookView.DAY, BookView.LIST):
            desk.ask(self, self._show_sites, sites.sites)

    def _show_sites(self, known: tuple[SiteView, ...]) -> None:
        self.site.set_options(((_ALL_SITES, tr("All locations")), *((site.id, site.name) for site in known)))
        set_shown(self._site_row, len(known) > 1)

    def _keep(self) -> None:
        what = self._what
        draft = NamedViewDraft(
            name=self.name.value(),
            book_view=what.book_view,
            key_number=self.key_number.value() or None,
            provider_ids=what.provider_ids,
            site_id=self.site.value() or None,
            only_status=what.only_status,
            unconfirmed_only=what.unconfirmed_only,
            needs_work=what.needs_work,
            is_shared=self.for_all.isChecked(),
            resource_ids=what.resource_ids,
        )
        self._desk.do(self, self._kept, named_views.keep, draft=draft)

    def _kept(self, _: int) -> None:
        self.accept()
        self._then(tr("Kept the view {name}", name=self.name.value().strip()))


class ChangeViewDialog(Dialog):
    """Another name or key; or the view is taken off the menu."""

    def __init__(self, parent: QWidget, desk: Desk, view: NamedViewView, then: Then) -> None:
        super().__init__(
            parent,
            tr("Change the view {name}", name=view.draft.name),
            tr("Everybody in the office has it.") if view.draft.is_shared else "",
            icon="bookmark",
            icon_color="text-2",
        )
        self._desk, self._view, self._then = desk, view, then
        self.name = TextEdit(view.draft.name)
        self.key_number = _key_combo(view.draft.key_number or _NO_KEY)
        form = Form()
        form.add("name", tr("Name"), self.name, span=8)
        form.add("key_number", tr("Key"), self.key_number, span=4)
        self.body.addWidget(form)
        self.remove = self.add_verb(tr("Remove view"), self._remove, kind="danger", closes=False)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Save view"), self._save, kind="primary", keys="Return", closes=False)

    def _save(self) -> None:
        self._desk.do(
            self,
            self._saved,
            named_views.rename,
            named_view_id=self._view.id,
            name=self.name.value(),
            key_number=self.key_number.value() or None,
            version=self._view.version,
        )

    def _saved(self, _: Renamed) -> None:
        self.accept()
        self._then(tr("Changed the view {name}", name=self.name.value().strip()))

    def _remove(self) -> None:
        self._desk.do(self, self._removed, named_views.withdraw, named_view_id=self._view.id)

    def _removed(self, _: None) -> None:
        self.accept()
        self._then(tr("Removed the view {name}", name=self._view.draft.name))


class ColumnsDialog(Dialog):
    """A check box for each provider; none checked is the same as all."""

    def __init__(
        self,
        parent: QWidget,
        providers: Sequence[BookableProvider],
        shown: Sequence[int],
        then: Callable[[tuple[int, ...]], object],
    ) -> None:
        super().__init__(
            parent, tr("Which columns does the day show?"), icon="columns-3", icon_color="text-2", width=480
        )
        self._then = then
        self.boxes = {
            each.id: CheckBox(each.name, checked=not shown or each.id in shown) for each in providers
        }
        for box in self.boxes.values():
            self.body.addWidget(box)
        self.add_verb(tr("Show all"), self._show_all)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Show these columns"), self._show, kind="primary", keys="Return")

    def _show(self) -> None:
        checked = tuple(id for id, box in self.boxes.items() if box.isChecked())
        self._then(() if len(checked) == len(self.boxes) else checked)

    def _show_all(self) -> None:
        self._then(())


def _key_combo(chosen: int) -> Combo[int]:
    box = Combo[int](
        ((_NO_KEY, tr("No key")), *((number, f"Ctrl+F{number}") for number in range(1, KEYS + 1)))
    )
    box.set_value(chosen)
    return box
