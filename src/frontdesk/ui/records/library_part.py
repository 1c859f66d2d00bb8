"""The library of consent forms, as a part of the check-in set-up."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import library
from frontdesk.services.records.forms import FormDraft, Needed
from frontdesk.services.records.library import FormState, KeptDraft, LibraryForm
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.records.library_editor import FormEditor
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_STATES = {
    FormState.DRAFT: ("Draft", "outline"),
    FormState.TO_COME: ("To come", "info"),
    FormState.IN_USE: ("In use", "ok"),
    FormState.RETIRED: ("Retired", "outline"),
}
_NARROW = 860
_NAMES = {"en": "English", "es": "Spanish"}


class LibraryPart(SetupPart):
    """The forms on the left; the chosen one, or a new one, on the right."""

    topics = frozenset({"consent_form", "consent_form_draft", "consent_form_use"})
    new_words = "New form"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._form: LibraryForm | None = None
        self._shown: FormDraft | None = None
        self._wanted: int | None = None
        self._then_publish = False
        self._is_narrow = False
        self.model = TableModel[LibraryForm](
            [
                Column(tr("Form"), _titled),
                Column(tr("State"), _state, width=110),
                Column(tr("Languages"), _languages, width=110),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Consent forms"))
        self.table.chosen.connect(self._choose)
        self.counsel = Banner("info")
        self.editor = FormEditor()
        self.editor.changed.connect(self._offer)
        self._title = EndingLabel("", "section")
        self._detail = EndingLabel("", "secondary", "text-2")
        self.new_button = Button(tr("New form"), icon="plus", keys="Ctrl+N")
        self.preview_button = Button(tr("Preview"), icon="file-search")
        self.spanish_button = Button(tr("Preview in Spanish"), "ghost")
        self.use_button = Button(tr("Retire"), icon="archive")
        self.discard_button = Button(tr("Discard draft"), icon="trash-2")
        self.save_button = Button(tr("Keep draft"), icon="save", keys="Ctrl+S")
        self.publish_button = Button(tr("Publish"), "primary", icon="check", keys="Ctrl+Enter")
        for button, act in (
            (self.new_button, self.new),
            (self.preview_button, lambda: self.preview("en")),
            (self.spanish_button, lambda: self.preview("es")),
            (self.use_button, self.turn_use),
            (self.discard_button, self.discard),
            (self.save_button, self.keep),
            (self.publish_button, self.publish),
        ):
            button.clicked.connect(act)
        self._build()

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Form")),
            Key("Ctrl+S", tr("Keep draft"), self.keep),
            Key("Ctrl+Return", tr("Publish"), self.publish),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, library.library)

    # -- what is shown --------------------------------------------------------

    def _show(self, found: tuple[LibraryForm, ...]) -> None:
        self.model.show(found)
        starting = sum(each.is_starting_set for each in found if each.state is not FormState.RETIRED)
        one, many = "{count} form has", "{count} forms have"
        self.counsel.say(
            "info",
            tr(
                "{which} the words that came with Frontdesk. Have counsel review them first.",
                which=counted(starting, one, many),
            )
            if starting
            else "",
        )
        kept = next((each for each in found if each.draft_id == self._wanted), None)
        if kept is not None and self._wanted is not None:
            self._form, self._wanted = kept, None
            self.table.choose(kept.key)
        elif self.table.current() is None and self._is_untouched():
            self.table.choose_first()
        current = self.table.current()
        if current is not None:
            self._choose(current)
        elif self._shown is None:
            self._start()

    def _choose(self, chosen: LibraryForm | None) -> None:
        """What was typed is not lost to a new answer of the same row."""
        if chosen is None:
            return
        is_same = self._form is not None and self._form.key == chosen.key
        is_kept = is_same and _bare(self.editor.draft()) == _bare(chosen.draft)
        if is_kept and chosen.draft_id is not None:
            self._form = chosen  # what a refused publication said stays beside its fields
            self._detail.setText(_standing(chosen))
            self._offer()
            return
        if is_same and not is_kept and not self._is_untouched():
            return
        self._form = chosen
        self.clear_complaints()
        self._title.setText(chosen.title)
        self._detail.setText(_standing(chosen))
        self._fill(chosen.draft, chosen.published)

    def new(self) -> None:
        """An empty form."""
        self._start()
        self.editor.english.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self) -> None:
        self._form = None
        self.table.keeper.choose(-1)
        self.clear_complaints()
        self._title.setText(tr("New form"))
        self._detail.setText(tr("No patient sees it before it is published."))
        last = max((each.draft.position for each in self.model.rows()), default=0)
        empty = FormDraft("", 0, self.desk.today, min(99, last + 1), Needed.ONCE, False, 18, ())
        self._fill(empty, None)

    def _fill(self, draft: FormDraft, published: FormDraft | None) -> None:
        self.editor.show_draft(draft, published, today=self.desk.today)
        self._shown = self.editor.draft()
        self._offer()

    def _is_untouched(self) -> bool:
        return self._shown is None or self.editor.draft() == self._shown

    def _offer(self) -> None:
        if self._shown is None:
            return
        form = self._form
        may = self.desk.may("records.manage_forms")
        is_dirty = not self._is_untouched()
        self.save_button.setEnabled(may and is_dirty)
        self.publish_button.setEnabled(may and (is_dirty or (form is not None and form.draft_id is not None)))
        set_shown(self.discard_button, form is not None and form.draft_id is not None)
        set_shown(self.use_button, form is not None and form.published is not None)
        is_retired = form is not None and form.state is FormState.RETIRED
        self.use_button.setText(tr("Take into use again") if is_retired else tr("Retire"))
        languages = {wording.language for wording in self.editor.draft().wordings}
        set_shown(self.spanish_button, "es" in languages and not self._is_narrow)

    # -- what is changed ------------------------------------------------------

    def keep(self) -> None:
        """Keep what is written; it may still lack things."""
        self._keep(then_publish=False)

    def publish(self) -> None:
        """Keep it, then take it into use."""
        self._keep(then_publish=True)

    def _keep(self, *, then_publish: bool) -> None:
        if self._shown is None or not self.publish_button.isEnabled():
            return
        self.clear_complaints()
        if not self.editor.check():
            return
        self._then_publish = then_publish
        form = self._form
        if form is not None and form.draft_id is not None and self._is_untouched():
            self._kept(KeptDraft(form.draft_id, None))
            return
        self.desk.do(
            self,
            self._kept,
            library.keep_draft,
            draft=self.editor.draft(),
            draft_id=form.draft_id if form else None,
            version=form.version if form else None,
        )

    def _kept(self, kept: KeptDraft) -> None:
        title = self._english_title()
        if self._then_publish:
            self.desk.do(
                self, lambda edition: self._published(title, edition), library.publish, draft_id=kept.draft_id
            )
        else:
            self.told.emit(tr("Kept the draft of {title}", title=title))
        self._shown = self.editor.draft()
        self._wanted = kept.draft_id
        self.reload()

    def _published(self, title: str, edition: int) -> None:
        self.told.emit(tr("Published {title}, edition {edition}", title=title, edition=edition))
        self.clear_complaints()

    def discard(self) -> None:
        """The published edition stays as it is; undo takes the draft up again."""
        form = self._form
        if form is not None and form.draft_id is not None:
            self.clear_complaints()
            self._shown = None
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Discarded the draft of {title}", title=form.title)),
                library.discard_draft,
                draft_id=form.draft_id,
                version=form.version,
            )

    def turn_use(self) -> None:
        """Nobody is asked for a retired form; what was signed stays."""
        form = self._form
        if form is None:
            return
        self.clear_complaints()
        is_retired = form.state is FormState.RETIRED
        told = tr("Took {title} into use again") if is_retired else tr("Retired {title}")
        self.desk.do(
            self,
            lambda _: self.told.emit(told.format(title=form.title)),
            library.bring_back if is_retired else library.retire,
            key=form.key,
        )

    def preview(self, language: str) -> None:
        """The paper as it would be printed, with nobody's name."""
        self.clear_complaints()
        paper = PaperDialog(
            self, self.desk, tr("Preview: {title}", title=self._english_title()), "preview.pdf"
        )
        self.desk.ask(
            paper, paper.show_pdf, library.preview_pdf, draft=self.editor.draft(), language=language
        )
        paper.open()

    def _english_title(self) -> str:
        return self.editor.english.title.value() or tr("Without a title")

    # -- looks ------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = 0.36 if self.width() >= theme().px(_NARROW) else 0.28
        self._side.setFixedWidth(min(theme().px(460), round(self.width() * share)))
        self.table.setColumnHidden(2, self.width() < theme().px(1000))
        self._is_narrow = self.width() < theme().px(_NARROW)
        self.table.setColumnHidden(1, self._is_narrow)
        set_shown(self.new_button, not self._is_narrow)
        self._offer()

    def _build(self) -> None:
        acts = wrapped(None, self.preview_button, self.spanish_button, self.new_button)
        head = row(column(self._title, self._detail, gap=0), margins=(16, 8, 12, 4))
        head.addLayout(acts, 1)
        foot = row(
            wrapped(self.use_button, self.discard_button, None, self.save_button, self.publish_button),
            margins=(12, 6, 12, 6),
        )
        self._side = Frame("column", column(self.table, gap=0))
        whole = row(self._side, gap=0)
        right = column(self.banner, head, scrolled(self.editor), Frame("foot", foot), gap=0)
        whole.addLayout(right, 1)
        self.setLayout(column(self.counsel, whole, gap=0))


def _bare(draft: FormDraft) -> FormDraft:
    """What a person wrote, without what the office's rules add."""
    return replace(draft, key="", edition=0, effective_on=date.min, still_right=(), is_editorial=False)


def _titled(each: LibraryForm) -> Cell:
    detail = tr("draft kept") if each.draft_id is not None and each.published is not None else ""
    if each.state is FormState.RETIRED:
        return Cell(each.title, color="text-3", detail=detail)
    return Cell(each.title, "strong", detail=detail)


def _state(each: LibraryForm) -> Cell:
    words, tone = _STATES[each.state]
    return Cell(tr(words), tone=tone)


def _languages(each: LibraryForm) -> Cell:
    said = ", ".join(each_one.language.upper() for each_one in each.translations)
    behind = [tr(_NAMES.get(t.language, t.language)) for t in each.translations if t.is_outdated]
    if not behind:
        return Cell(said)
    spoken = tr("{languages}; outdated: {behind}", languages=said, behind=", ".join(behind))
    return Cell(said, icon="triangle-alert", icon_color="warn", spoken=spoken)


def _standing(each: LibraryForm) -> str:
    if each.published is None:
        return tr("No patient sees it before it is published.")
    since: date | None = each.effective_on
    words = tr("Edition {edition} since {day}", edition=each.edition, day=us_date(since) if since else "")
    return f"{words} · {counted(each.signed, '{count} signature', '{count} signatures')}"
