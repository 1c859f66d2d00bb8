"""A release before it is loaded: its name and day, what it would change, the lines that were refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from frontdesk.formats import refused_lines
from frontdesk.formats.code_lists import CodeList
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import code_releases, code_rows
from frontdesk.services.billing.code_releases import SETS, Change, Preview, ReleaseDraft, ReleasedSet
from frontdesk.ui.desk import Desk, Job
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr

_KINDS = {"new": ("New", "ok"), "ends": ("Ends", "warn"), "words": ("New words", "info")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that was read, before its day is known."""

    code_set: ReleasedSet
    file: str
    name: str
    effective_on: date | None
    codes_on: Callable[[date], tuple[CodeList, tuple[RefusedLine, ...]]]
    """Its codes, and the refused lines, where it is valid from a day."""


class ReleaseView(Panel):
    """Nothing is written before Load; what was loaded stays."""

    back_wanted = Signal()
    loaded = Signal(str)
    """What was loaded, for the status bar."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._chosen: Chosen | None = None
        self._draft: ReleaseDraft | None = None
        self._seen: Preview | None = None
        self._refused: tuple[RefusedLine, ...] = ()
        self._job: Job | None = None
        self.head, self.about = Label("", "section"), EndingLabel("", "secondary", "text-2")
        self.name, self.effective_on = TextEdit(hint=tr("Such as FY 2027")), DateEdit()
        self.whole = CheckBox(tr("The file is the whole list: codes that it leaves out end"), checked=True)
        self.form = Form()
        self.form.add("name", tr("Release"), self.name, span=6)
        self.form.add("effective_on", tr("Valid from"), self.effective_on, span=6)
        self.figures = Label("", "strong")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Codes written"))
        self.model = TableModel[Change](
            [
                Column(tr("Change"), _kind, width=110),
                Column(tr("Code"), lambda each: Cell(each.code, role="strong"), width=90),
                Column(tr("Words"), lambda each: Cell(each.label)),
                Column(tr("Words until now"), lambda each: Cell(each.former, color="text-2"), width=280),
                Column(tr("Day"), lambda each: us_date(each.on), width=96),
            ],
            key=lambda each: (each.what, each.code),
        )
        self.table = Table(self.model, says=tr("What the release changes"))
        self.refused_model = TableModel[RefusedLine](
            [
                Column(tr("Line"), lambda each: str(each.line), width=64, align="right"),
                Column(tr("Why it was refused"), lambda each: each.reason),
            ],
            key=lambda each: each.line,
        )
        self.refused_table = Table(self.refused_model, says=tr("Refused lines, each with its reason"))
        self.back = Button(tr("Code sets"), icon="arrow-left", keys="Esc")
        self.save = Button(tr("Save refused lines…"), icon="save")
        self.stop = Button(tr("Stop"), icon="x")
        self.compare = Button(tr("Compare"), icon="scale", keys="Ctrl+T")
        self.load = Button(tr("Load"), "primary", icon="file-input", keys="Ctrl+Enter")
        for button, act in (
            (self.back, self.back_wanted.emit),
            (self.save, self.save_refused),
            (self.stop, self.stop_loading),
            (self.compare, self.look),
            (self.load, self.take_over),
        ):
            button.clicked.connect(act)
        self._build()
        self.name.textEdited.connect(self._outdated)
        self.effective_on.value_changed.connect(self._outdated)
        self.whole.toggled.connect(self._outdated)

    def show_chosen(self, chosen: Chosen) -> None:
        """Another file."""
        self._chosen = chosen
        self.clear_complaints()
        self.form.clear_errors()
        self.head.setText(SETS[chosen.code_set])
        self.about.setText(chosen.file)
        self.name.set_value(chosen.name)
        self.effective_on.set_value(chosen.effective_on)
        set_shown(self.whole, chosen.code_set is ReleasedSet.CPT)
        self.whole.setChecked(True)
        self._outdated()
        self._show_working(False)
        self.look()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """What it would change, if its name and day are known."""
        chosen, on = self._chosen, self.effective_on.value()
        if chosen is None or self._job is not None:
            return
        self.clear_complaints()
        if on is None:
            self.figures.setText(tr("Say from which day the list is valid, then compare."))
            return
        if self.form.check():
            self.figures.setText(tr("Comparing with what is on file…"))
            self.desk.run(
                self, self._read, _drafted, chosen, self.name.value(), on, is_whole=self.whole.isChecked()
            )

    def take_over(self) -> None:
        """Load it as it was previewed; before that, look."""
        if self._draft is None or self._seen is None:
            self.look()
            return
        self._show_working(True)
        self._job = self.desk.job(
            self,
            self._taken_over,
            code_releases.load,
            release=self._draft,
            last_release_id=self._seen.last_release_id,
        )
        self._job.progressed.connect(self._advance)

    def stop_loading(self) -> None:
        """Nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()

    def save_refused(self) -> None:
        """Line and reason as CSV."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save refused lines"), "refused.csv", tr("CSV (*.csv)")
        )
        if chosen:
            self.desk.run(self, self._saved, refused_lines.save, Path(chosen), self._refused)

    def refused(self, error: FrontdeskError) -> None:
        self._show_working(False)
        self._outdated()
        super().refused(error)

    def _read(self, found: tuple[ReleaseDraft, tuple[RefusedLine, ...]]) -> None:
        self._draft, self._refused = found
        self.refused_model.show(self._refused)
        set_shown(self.refused_table, bool(self._refused))
        set_shown(self.save, bool(self._refused))
        stopping = sum(each.stops for each in self._refused)
        set_shown(self.table, not stopping)
        if stopping:
            self.figures.setText(_stopped(stopping))
            return
        self.desk.ask(self, self._show_preview, code_releases.preview, release=self._draft)

    def _show_preview(self, seen: Preview) -> None:
        self._seen = seen
        assert self._draft is not None
        self.figures.setText(summary(seen, self._draft.effective_on, len(self._refused)))
        self.model.show(seen.changes)
        self.load.setEnabled(True)

    def _taken_over(self, done: Preview) -> None:
        draft = self._draft
        assert draft is not None
        self._show_working(False)
        words = summary(done, draft.effective_on, 0)
        self.loaded.emit(
            tr("Loaded {name}: {words}", name=f"{SETS[draft.code_set]} {draft.name}", words=words)
        )

    def _saved(self, lines: int) -> None:
        self.told.emit(counted(lines, "Saved {count} refused line", "Saved {count} refused lines"))

    def _advance(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _outdated(self, *_: object) -> None:
        """What was compared is not what stands in the fields any more."""
        self._draft = self._seen = None
        self.load.setEnabled(False)
        self.figures.setText("")
        self.model.show(())

    def _show_working(self, is_working: bool) -> None:
        if not is_working:
            self._job = None
        self.progress.setRange(0, 0)
        set_shown(self.progress, is_working)
        set_shown(self.stop, is_working)
        for button in (self.back, self.compare):
            button.setEnabled(not is_working)
        self.load.setEnabled(not is_working and self._seen is not None)
        self.form.setEnabled(not is_working)

    def _build(self) -> None:
        foot = row(self.back, self.save, None, self.stop, self.compare, self.load, margins=(14, 8, 14, 8))
        whole = column(
            self.banner,
            column(self.head, self.about, gap=2, margins=(14, 12, 14, 0)),
            row(self.form, margins=(14, 8, 14, 0)),
            row(self.whole, None, margins=(14, 4, 14, 0)),
            row(self.figures, None, margins=(14, 10, 14, 8)),
            row(self.progress, margins=(14, 0, 14, 8)),
            gap=0,
        )
        whole.addWidget(self.table, 3)
        whole.addWidget(self.refused_table, 2)
        whole.addWidget(Frame("foot", foot))
        self.setLayout(whole)
        for part in (self.refused_table, self.save, self.progress, self.stop):
            set_shown(part, False)


def summary(seen: Preview, on: date, refused: int) -> str:
    """ "214 new, 38 end on 09/30/2026, 90 with new words"."""
    last = us_date(date.fromordinal(on.toordinal() - 1))
    said = [
        tr("{count:,} new", count=seen.new) if seen.new else "",
        _ends(seen.ended, last) if seen.ended else "",
        tr("{count:,} with new words", count=seen.reworded) if seen.reworded else "",
        tr("{count:,} valid for longer", count=seen.extended) if seen.extended else "",
        tr("{count:,} as they are", count=seen.unchanged) if seen.unchanged else "",
        counted(refused, "{count:,} line refused", "{count:,} lines refused") if refused else "",
    ]
    words = ", ".join(part for part in said if part)
    if not (seen.new or seen.ended or seen.reworded or seen.extended):
        return tr("Nothing would change: {words}", words=words) if words else tr("Nothing would change.")
    return words


def _stopped(lines: int) -> str:
    return counted(
        lines,
        "{count:,} line contradicts another. Mend the file and choose it again; nothing was loaded.",
        "{count:,} lines contradict others. Mend the file and choose it again; nothing was loaded.",
    )


def _ends(count: int, last: str) -> str:
    words = "{count:,} ends by {day}" if count == 1 else "{count:,} end by {day}"
    return tr(words, count=count, day=last)


def _drafted(
    chosen: Chosen, name: str, on: date, *, is_whole: bool
) -> tuple[ReleaseDraft, tuple[RefusedLine, ...]]:
    found, refused = chosen.codes_on(on)
    draft = ReleaseDraft(
        code_set=chosen.code_set,
        name=name,
        effective_on=on,
        packed=code_rows.packed(found),
        is_whole=is_whole,
        has_headings=found.has_headings,
    )
    return draft, refused


def _kind(each: Change) -> Cell:
    words, tone = _KINDS[each.what]
    return Cell(tr(words), tone=tone)
