"""The page on which copies are put together and leave: documents, their pages, and what goes with them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.formats.page_thumbs import PageThumb, page_thumbs
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.page_ranges import read_pages, said_pages, written_pages
from frontdesk.services.records import packet_view, release_choice, release_packets, release_steps, viewing
from frontdesk.services.records.packet_view import PacketView
from frontdesk.services.records.release_choice import Choice, Chosen, Offered
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.records import packet_dialogs, packet_documents, packet_send
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.packet_side import PacketSide
from frontdesk.ui.records.page_grid import PICTURE_HEIGHT, PICTURE_WIDTH, PageGrid
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LEFT = 330
_LEFT_NARROW = 280
_NARROW, _VERY_NARROW = 1100, 780
_AT_ONCE = 6
"""Pages that are drawn before the first are shown."""


class PacketPage(RecordsTabPage):
    """Opened from a request. What is chosen is kept at once: whoever comes back finds it as it was."""

    title = "Pages to send"
    part = "records_requests"
    shows_patient = True
    parks = int
    topics = frozenset(
        {
            "release_request",
            "release_pages",
            "release_fee",
            "release_fee_paid",
            "release_sending",
            "release_proof",
            "release_fact",
            "release_form",
            "release_review",
            "document",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._request_id: int | None = None
        self.choice: Choice | None = None
        self._document: Offered | None = None
        self._pdf = b""
        self._want = ""
        self._shows_side = False
        self._seen: dict[int, str | None] = {}
        self.may = desk.may("records.release")
        self.all_button = Button(tr("Choose all asked for"), icon="list-checks", keys="Ctrl+Shift+A")
        self.all_button.clicked.connect(self.choose_all)
        self.back_button = Button(tr("Back to the request"), icon="arrow-left", keys="Esc")
        self.back_button.clicked.connect(self.back)
        self.toolbar.add(self.back_button, self.all_button)
        self.model = TableModel[Offered](packet_documents.columns(), key=lambda each: each.document_id)
        self.table = Table(self.model, says=tr("Documents of the chart"))
        self.table.chosen.connect(self._show_document)
        self.grid = PageGrid(says=tr("Pages"))
        self.grid.toggled.connect(self._toggled)
        self.grid.opened.connect(self._look_at_page)
        self.table.opened.connect(self._go_to_grid)
        self.pages = TextEdit(hint="1-3,7")
        self.pages.setAccessibleName(tr("Pages that go"))
        self.pages.returnPressed.connect(self._typed)
        self.side = PacketSide()
        self.side.act.connect(self.act_named)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        if self._request_id is not None:
            self.desk.ask(self, self._show_choice, release_choice.choice, request_id=self._request_id)

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Document")),
            Key("Space", tr("Page in or out")),
            Key("Enter", tr("To the pages; a page large")),
            Key("Alt+G", tr("Type the pages"), self._go_to_pages),
            Key("Ctrl+Shift+A", tr("All that was asked for"), self.choose_all),
            Key("Ctrl+P", tr("Look at the packet"), lambda: self.act_named("look")),
            Key("Ctrl+Return", tr("What comes next"), lambda: self.act_named(self.side.main_act())),
            Key("Escape", tr("Back to the request"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.side.main_button, self.grid, self.table)

    def open_with(self, errand: Errand) -> None:
        if errand.about_id is not None and errand.about_id != self._request_id:
            self._request_id = errand.about_id
            self.choice, self._document = None, None
            self.model.show([])
            self.grid.show_pages(0, (), may_choose=False)
        self.clear_complaints()
        self.reload()

    def park(self) -> Parked | None:
        if self._request_id is None or self.choice is None:
            return None
        parked = Parked(tr("Pages: {number}", number=self.choice.number), self._request_id)
        self.back()
        return parked

    def take_up(self, state: object) -> None:
        assert isinstance(state, int)
        self.open_with(Errand("packet", about_id=state))

    # -- what is shown --------------------------------------------------------------

    def _show_choice(self, choice: Choice) -> None:
        if choice.request_id != self._request_id:
            return
        self.choice = choice
        self._stack.setCurrentIndex(1)
        self._seen = {each.document_id: each.written for each in choice.documents}
        pages = tr("{chosen} of {found} pages", chosen=choice.pages_chosen, found=choice.pages_found)
        self.toolbar.show_title(f"{choice.number}, {choice.patient}", pages)
        self.model.show_groups(packet_documents.groups(choice))
        if self.table.current() is None:
            self.table.choose_first()
        self._show_document(self.table.current())
        undecided = choice.is_open and choice.decided < choice.to_decide
        set_shown(self.all_button, undecided and self.may)
        self.patient_chosen.emit(choice.patient_id)
        self.desk.ask(self, self._show_view, packet_view.packet_view, request_id=choice.request_id)

    def _show_view(self, view: PacketView) -> None:
        if self.choice is not None and view.request_id == self.choice.request_id:
            self.side.show_view(view, pages_chosen=self.choice.pages_chosen, may=self.may)

    def _show_document(self, document: Offered | None) -> None:
        before = self._document
        self._document = document
        if document is None:
            self._title.setText("")
            self._why.setText("")
            self.grid.show_pages(0, (), may_choose=False)
            return
        self._title.setText(document.title)
        said = document.lock or (document.outside and document.reason) or document.outside
        self._why.setText(said or said_pages(document.chosen, document.pages))
        self._why.setToolTip(said)
        may = self.may and not document.lock and self.choice is not None and self.choice.is_open
        self.pages.setEnabled(may)
        if not self.pages.hasFocus():
            self.pages.set_value(written_pages(document.chosen))
        for button in (self.every_button, self.none_button):
            button.setEnabled(may)
        if before is not None and before.document_id == document.document_id and self.grid.model().rowCount():
            self.grid.show_chosen(document.chosen)
            return
        self.grid.show_pages(document.pages, document.chosen, may_choose=may)
        self._pdf = b""
        if not document.lock:
            self.desk.ask(self, self._show_pdf, viewing.document_pdf, document_id=document.document_id)

    def _show_pdf(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._draw_from(1)

    def _draw_from(self, first: int) -> None:
        if self._document is None or first > self._document.pages:
            return
        last = min(self._document.pages, first + _AT_ONCE - 1)
        self.desk.run(
            self,
            self._show_thumbs,
            page_thumbs,
            self._pdf,
            range(first, last + 1),
            width=theme().px(PICTURE_WIDTH),
            height=theme().px(PICTURE_HEIGHT),
        )

    def _show_thumbs(self, thumbs: tuple[PageThumb, ...]) -> None:
        if thumbs and self._document is not None:
            self.grid.show_pictures(thumbs)
            self._draw_from(thumbs[-1].page + 1)

    # -- choosing ------------------------------------------------------------------

    def choose_all(self) -> None:
        """All pages of what fits and was not decided yet."""
        if self._request_id is not None and self.all_button.isVisibleTo(self):
            self.desk.do(self, self._proposed, release_choice.propose, request_id=self._request_id)

    def every_page(self) -> None:
        if self._document is not None:
            self._toggled(tuple(range(1, self._document.pages + 1)))

    def no_page(self) -> None:
        self._toggled(())

    def _typed(self) -> None:
        if self._document is None:
            return
        try:
            self._toggled(read_pages(self.pages.value(), self._document.pages))
        except ValueError:
            self.complain(tr("These are no pages of this document. Write them as 1-3,7, or “all”."))
            return
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self, pages: tuple[int, ...]) -> None:
        document = self._document
        if document is None or not self.grid.may_choose:
            return
        if pages and document.outside and not document.reason:
            packet_dialogs.ReasonDialog(self, document, lambda why: self._choose(document, pages, why)).open()
        else:
            self._choose(document, pages, document.reason)

    def _choose(self, document: Offered, pages: tuple[int, ...], reason: str) -> None:
        assert self._request_id is not None
        self.clear_complaints()
        written = written_pages(pages)
        before = self._seen.get(document.document_id)
        if written == before:
            return
        self._seen[document.document_id] = written
        self.grid.show_chosen(pages)
        self.desk.do(
            self,
            self._chose,
            release_choice.choose,
            request_id=self._request_id,
            document_id=document.document_id,
            pages=written,
            instead_of=before,
            reason=reason,
        )

    def _chose(self, chosen: Chosen) -> None:
        shown = next((each for each in self.model.rows() if each.document_id == chosen.document_id), None)
        if shown is not None and chosen.now:
            pages = said_pages(read_pages(chosen.now, shown.pages), shown.pages)
            self.told.emit(tr("{title}: {pages} to go", title=shown.title, pages=pages))
        elif shown is not None:
            self.told.emit(tr("{title} is left out", title=shown.title))

    def _proposed(self, documents: tuple[int, ...]) -> None:
        self.told.emit(counted(len(documents), "{count} document chosen", "{count} documents chosen"))

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        if self._request_id is not None:  # what was shown ahead of the answer goes back
            self.desk.ask(self, self._show_choice, release_choice.choice, request_id=self._request_id)

    # -- what people do ---------------------------------------------------------------

    def back(self) -> None:
        """To the request that this is for."""
        request_id = self._request_id
        self.go.emit("records_requests", Errand("request", about_id=request_id) if request_id else None)

    def act_named(self, name: str) -> None:
        """A verb of the side."""
        view = self.side.view
        if view is None or view.request_id != self._request_id or not (self.may or name == "look"):
            return
        self.clear_complaints()
        if name == "prepare":
            self.desk.do(
                self,
                self._prepared,
                release_steps.prepare,
                request_id=view.request_id,
                document_ids=self.choice.document_ids if self.choice is not None else (),
                version=view.version,
            )
        elif name in ("look", "send"):
            if self.choice is not None and self.choice.pages_chosen and view.is_open:
                self._want = name
                self.desk.ask(self, self._built, release_packets.build, request_id=view.request_id)
        elif name:
            documents = self.choice.documents if self.choice is not None else ()
            packet_dialogs.open_for(name, self, view, self.side.current_sending(), documents)

    def _built(self, built: release_packets.BuiltPacket) -> None:
        view = self.side.view
        if view is not None:
            packet_send.open_packet(self, view, built, sends=self._want == "send")

    def _prepared(self, _: None) -> None:
        self.told.emit(tr("The pages are chosen and handed on"))

    def _look_at_page(self, page: int) -> None:
        if self._pdf and self._document is not None and page:
            packet_dialogs.PageDialog(self, self._document.title, self._pdf, page).open()

    def _go_to_grid(self, _: Offered) -> None:
        self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_pages(self) -> None:
        self.pages.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pages.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self._left.setFixedWidth(theme().px(_LEFT_NARROW if is_narrow else _LEFT))
        set_shown(self._label, not is_narrow)
        self._show_parts()

    def turn(self) -> None:
        """Where there is no room for both: the pages, or what goes with them."""
        self._shows_side = not self._shows_side
        self._show_parts()

    def _show_parts(self) -> None:
        is_low = self.width() < theme().px(_VERY_NARROW)
        set_shown(self.turn_button, is_low)
        set_shown(self.back_button, not is_low)
        set_shown(self._left, not (is_low and self._shows_side))
        set_shown(self.side, not is_low or self._shows_side)
        set_shown(self.pages, not is_low)
        self.turn_button.setText(tr("Documents") if self._shows_side else tr("Fee and sending"))

    def _build(self) -> None:
        self._left = Frame("surface", column(self.table, gap=0))
        self._left.setFixedWidth(theme().px(_LEFT))
        self._title = EndingLabel("", "strong")
        self._why = EndingLabel("", "secondary", "text-2")
        self.every_button = Button(tr("All"), height="small")
        self.every_button.clicked.connect(self.every_page)
        self.none_button = Button(tr("None"), height="small")
        self.none_button.clicked.connect(self.no_page)
        self.pages.setFixedWidth(theme().px(110))
        self._label = Label(tr("Pa&ges"), "secondary", "text-2")
        self._label.setTextFormat(Qt.TextFormat.AutoText)
        self._label.setBuddy(self.pages)
        self.turn_button = Button(tr("Fee and sending"), height="small")
        self.turn_button.clicked.connect(self.turn)
        words = column(self._title, self._why, gap=0)
        verbs = (self.every_button, self.none_button, self.turn_button)
        top = row(words, self._label, self.pages, *verbs, margins=(12, 6, 12, 6))
        top.setStretch(0, 1)
        bar = Frame("bar", top)
        bar.setFixedHeight(theme().px(52))
        middle = Frame("canvas", column(bar, self.grid, gap=0))
        whole = row(self._left, middle, self.side, gap=0)
        whole.setStretch(1, 1)
        content = QWidget()
        content.setLayout(whole)
        self.nothing = EmptyState(
            "file-stack",
            tr("No request is open"),
            tr("Open a request, and choose its pages from there."),
            action=tr("Requests"),
        )
        self.nothing.acted.connect(self.back)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(content)
        for part in (self._stack, self.toolbar):  # what has no room is put away, not pushed aside
            part.setMinimumWidth(1)
        self.set_content(self._stack)
        set_shown(self.all_button, False)
