"""What goes between the office and payers about claims that were sent: answers read, questions written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.money import ledger
from frontdesk.services.billing import claim_answers, claim_asking, claim_views, unconfirmed_files
from frontdesk.services.billing.claim_answers import AnswerLine, AnswersTaken
from frontdesk.services.billing.claim_asking import Asked
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.billing.mail_file import MailFile, write_file
from frontdesk.services.billing.unconfirmed_files import UnconfirmedFile
from frontdesk.services.records import content
from frontdesk.services.records.sniff import Seen
from frontdesk.ui.billing.claim_files import ClaimFiles
from frontdesk.ui.billing.frame import ReasonDialog, ask_why
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class ClaimMail(QObject):
    """Takes answers in one file after another, writes questions, and says what waits."""

    told = Signal(str)
    refused_with = Signal(str)

    def __init__(self, desk: Desk, page: QWidget, files: ClaimFiles) -> None:
        super().__init__(page)
        self._desk, self._page, self._files = desk, page, files
        self._waiting: list[Path] = []
        self._wrong: list[str] = []
        self._late: tuple[int, ...] = ()
        self.banner = Banner("warn")
        self.banner.acted.connect(self.open_dialog)
        self.late_banner = Banner("info")
        self.late_banner.acted.connect(lambda: self.ask(self._late))
        self._silent: int | None = None
        self.silent_banner = Banner("warn")
        self.silent_banner.acted.connect(lambda: files.open_dialog(self._silent))
        self.banners = (self.banner, self.silent_banner, self.late_banner)
        self.dialog: AnswersDialog | None = None

    def look(self, *, with_late: bool) -> None:
        """Ask what waits; who is late only where the claims with payers are listed."""
        self._desk.ask(self, self._show_waiting, claim_answers.waiting_count)
        self._desk.ask(Asker(self, self.refused), self._show_silent, unconfirmed_files.unconfirmed)
        if with_late:
            self._desk.ask(Asker(self, self.refused), self._show_late, claim_asking.late)
        else:
            self._show_late(())

    # -- answers ------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ctrl+N: the answers that came (TA1, 999, 277CA, 277)."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._page,
            tr("Import answers of payers"),
            "",
            tr("Answers (*.ta1 *.999 *.277 *.277ca *.edi *.x12 *.txt);;All files (*)"),
        )
        self.take_in([Path(name) for name in chosen])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Keep and read these files; what cannot be read is named, the others go on."""
        self._waiting, self._wrong = list(paths), []
        self.refused_with.emit("")
        self._next()

    def refused(self, error: FrontdeskError) -> None:
        if self._waiting:
            self._wrong.append(f"{self._waiting.pop(0).name}: {error}")
            self.refused_with.emit(" ".join(self._wrong))
            self._next()
        else:
            self.refused_with.emit(str(error))

    def _next(self) -> None:
        if self._waiting:
            self._desk.run(self, self._kept, content.store, self._desk.database, self._waiting[0])

    def _kept(self, seen: Seen) -> None:
        self._desk.do(self, self._taken, claim_answers.take_in, sha256=seen.sha256)

    def _taken(self, taken: AnswersTaken) -> None:
        path = self._waiting.pop(0)
        self.told.emit(f"{path.name}: {said(taken)}")
        self._next()

    def _show_waiting(self, count: int) -> None:
        words = counted(
            count,
            "{count} answer of a payer fits no claim of this office.",
            "{count} answers of payers fit no claim of this office.",
        )
        self.banner.say("warn", words if count else "", action=tr("Look at them"))

    def _show_silent(self, found: tuple[UnconfirmedFile, ...]) -> None:
        self._silent = found[0].batch_id if found else None
        words = ""
        if found:
            first = found[0]
            words = tr(
                "File {number} to {receiver} of {day} is not confirmed ({claims}). Ask whether it came.",
                number=first.number,
                receiver=first.receiver,
                day=f"{first.sent_on:%m/%d}",
                claims=counted(first.claims, "{count} claim", "{count} claims"),
            )
            if len(found) > 1:
                more = counted(len(found) - 1, "{count} more file", "{count} more files")
                words = f"{words} {tr('The same holds for {more}.', more=more)}"
        self.silent_banner.say("warn", words, action=tr("Open files"))

    def open_dialog(self) -> None:
        """The answers that fit no claim."""
        self.dialog = AnswersDialog(self._page, self._desk)
        self.dialog.open()

    # -- questions ----------------------------------------------------------------

    def ask(self, claim_ids: tuple[int, ...]) -> None:
        """Write the questions about these claims into files, in the folder for claim files."""
        self.refused_with.emit("")
        self._files.when_folder_known(
            lambda folder: self._desk.do(
                self, lambda asked: self._asked(asked, folder), claim_asking.ask, claim_ids=claim_ids
            )
        )

    def _asked(self, asked: Asked, folder: Path) -> None:
        if asked.left_out:
            words = "; ".join(f"{each.number}: {each.reason}" for each in asked.left_out[:3])
            self.refused_with.emit(tr("Not asked about: {words}", words=words))
        for batch_id in asked.batch_ids:
            self._desk.ask(
                Asker(self, self.refused),
                lambda file: self._write(file, folder),
                claim_asking.file_of,
                batch_id=batch_id,
            )

    def _write(self, file: MailFile, folder: Path) -> None:
        self._desk.run(self, self._written, write_file, file, folder)

    def _written(self, path: Path) -> None:
        self.told.emit(tr("Wrote {name}", name=path.name))

    def _show_late(self, claim_ids: tuple[int, ...]) -> None:
        self._late = claim_ids
        words = counted(
            len(claim_ids),
            "{count} claim has lain with its payer for three weeks without a word.",
            "{count} claims have lain with their payers for three weeks without a word.",
        )
        self.late_banner.say("info", words if claim_ids else "", action=tr("Ask payers"))


def said(taken: AnswersTaken) -> str:
    """What a file came to, for the status bar."""
    if taken.is_known:
        return tr("was read before, nothing changed")
    parts = (
        (taken.accepted, "{count} accepted", "{count} accepted"),
        (taken.rejected, "{count} rejected", "{count} rejected"),
        (taken.worked_on, "{count} with the payer", "{count} with the payer"),
        (taken.unmatched, "{count} fits no claim", "{count} fit no claim"),
    )
    return ", ".join(counted(count, one, many) for count, one, many in parts if count) or tr("nothing new")


class AnswersDialog(Dialog):
    """Answers without a claim: a claim's number ties one to it, or it is set aside with a reason."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            tr("Answers that fit no claim"),
            tr("Enter the number of the claim that is meant, or set the answer aside."),
            icon="mail-question-mark",
            icon_color="warn",
            width=820,
        )
        self._desk = desk
        self._model = TableModel[AnswerLine](
            [
                Column("Message", lambda line: line.message, width=74),
                Column("From", lambda line: line.from_name or tr("unknown"), width=150),
                Column("Claim", lambda line: line.claim_number or line.control_number, width=130),
                Column("Says", lambda line: line.sentence),
                Column("Billed", _billed, width=84, align="right"),
            ],
            key=lambda line: line.id,
        )
        self.table = Table(self._model, says=tr("Answers"))
        self.table.setFixedHeight(theme().px(220))
        self.table.chosen.connect(self._choose)
        self._nothing = EmptyState("circle-check", tr("Every answer has its claim"), "")
        self._sentence = Label("", "body", wrap=True)
        self._sentence.setMinimumHeight(theme().px(40))
        self.number = TextEdit(hint=tr("26-04127, or its last digits"))
        form = Form()
        self._field = form.add("claim_id", tr("Claim"), self.number)
        self._form = form
        self.body.addLayout(column(self.table, self._nothing, self._sentence, form, gap=8))
        self.add_verb(tr("Close"), keys="Esc")
        self.aside_button = self.add_verb(tr("Set aside…"), self.put_aside, closes=False)
        self.match_button = self.add_verb(tr("It is this claim"), self.match, kind="primary", closes=False)
        self._look()

    def match(self) -> None:
        """Look the number up, and tie the answer to the one claim that it names."""
        if self.table.current() is not None:
            self._desk.ask(self, self._found, claim_views.find, typed=self.number.value())

    def put_aside(self) -> None:
        """Ask why nobody needs to look for its claim."""
        line = self.table.current()
        if line is None:
            return

        def put(dialog: ReasonDialog, reason: str) -> None:
            self._desk.do(
                dialog,
                lambda _: self._was_put_aside(dialog),
                claim_answers.set_aside,
                answer_id=line.id,
                reason=reason,
                version=line.version,
            )

        ask_why(
            self,
            tr("Set this answer aside?"),
            tr("It is kept, and waits no more."),
            verb=tr("Set aside"),
            hint=tr("Of the office we took over, …"),
            then=put,
        )

    def _was_put_aside(self, dialog: ReasonDialog) -> None:
        dialog.close_done()
        self._look()

    def _found(self, rows: tuple[ClaimRow, ...]) -> None:
        line = self.table.current()
        if line is None:
            return
        if len(rows) != 1:
            wrong = tr("Several claims end so. Type more of it.") if rows else tr("No claim has this number.")
            self._field.set_error(wrong)
            return
        self._desk.do(
            self,
            self._matched,
            claim_answers.assign,
            answer_id=line.id,
            claim_id=rows[0].id,
            version=line.version,
        )

    def _matched(self, _: object) -> None:
        self.number.set_value("")
        self._look()

    def _look(self) -> None:
        self._desk.ask(self, self._show, claim_answers.waiting)

    def _show(self, found: tuple[AnswerLine, ...]) -> None:
        self._model.show(found)
        show_instead(*((self.table, self._nothing) if found else (self._nothing, self.table)))
        for part in (self._sentence, self._form, self.match_button, self.aside_button):
            set_shown(part, bool(found))
        self.adjustSize()
        if found and self.table.current() is None:
            self.table.choose(found[0].id)
        self._choose(self.table.current())

    def _choose(self, line: AnswerLine | None) -> None:
        self._sentence.setText(f"{line.code} {line.sentence}".strip() if line else "")
        for button in (self.match_button, self.aside_button, self.number):
            button.setEnabled(line is not None)


def _billed(line: AnswerLine) -> str:
    return ledger(line.charge_cents) if line.charge_cents is not None else ""
