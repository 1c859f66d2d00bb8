"""What reminders say, by channel and language, with how it reads for one visit and for a family."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from frontdesk.services.schedule import reminder_templates
from frontdesk.services.schedule.reminder_rules import CHANNELS
from frontdesk.services.schedule.reminder_templates import Preview, TemplateDraft, TemplateView
from frontdesk.services.schedule.reminder_words import FIELDS, LANGUAGES
from frontdesk.services.schedule.words import Channel
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row, scrolled
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.edits import NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class WordsPanel(Panel):
    """The words on the left, the preview on the right."""

    topics = frozenset({"reminder_template"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._templates: dict[tuple[Channel, str], TemplateView] = {}
        self._filled: TemplateDraft | None = None
        self.channel: Segmented[Channel] = Segmented(
            tuple((each, tr(words)) for each, words in CHANNELS), says=tr("Channel")
        )
        self.language: Segmented[str] = Segmented(
            tuple((code, tr(words)) for code, words in LANGUAGES), says=tr("Language")
        )
        self.channel.chosen.connect(self._fill)
        self.language.chosen.connect(self._fill)
        self.subject = TextEdit()
        self.body = NoteEdit(lines=9)
        self.form = Form()
        self.form.add("subject", tr("Subject"), self.subject)
        self.form.add("body", tr("Words"), self.body)
        fields = ", ".join(f"{{{name}}}" for name in FIELDS)
        hint = Label(
            tr(
                "Fields: {fields}. There is none for the reason or the kind of the visit. "
                "{{preparation}} stays empty unless the rule says it.",
                fields=fields,
            ),
            "secondary",
            "text-3",
            wrap=True,
        )
        self.look = Button(tr("Show the preview"), icon="eye")
        self.look.clicked.connect(self.preview)
        self.keep = Button(tr("Save words"), "primary", icon="check")
        self.keep.clicked.connect(self.save)
        words = Card(tr("Words"), "message-square-text")
        words.body.addWidget(self.form)
        words.body.addWidget(hint)
        words.body.addLayout(row(None, self.look, self.keep))
        words.body.addStretch(1)
        self._one, self._family = (Label("", "body", wrap=True) for _ in range(2))
        shown = Card(tr("How it reads"), "eye")
        for caption, label in ((tr("One visit"), self._one), (tr("Two of a family"), self._family)):
            shown.body.addWidget(Label(caption, "caption", "text-3"))
            shown.body.addWidget(label)
            shown.body.addSpacing(8)
        shown.body.addStretch(1)
        both = self._both = row(gap=12)
        both.addWidget(words, 1)
        both.addWidget(shown, 1)
        content = QWidget()
        content.setLayout(
            column(
                row(self.channel, self.language, None, gap=12),
                self.banner,
                both,
                None,
                gap=12,
                margins=(12,) * 4,
            )
        )
        whole = column(scrolled(content), gap=0)
        self.setLayout(whole)
        theme().changed.connect(self._turn)
        self._turn()

    def reload(self) -> None:
        self.desk.ask(self, self._show, reminder_templates.templates)

    def preview(self) -> None:
        """How the words read as they stand in the form."""
        self.clear_complaints()
        self.desk.ask(
            self,
            self._show_preview,
            reminder_templates.preview,
            channel=self.channel.value(),
            language=self.language.value(),
            draft=self._draft(),
        )

    def save(self) -> None:
        """From now on these words go out."""
        self.clear_complaints()
        self.desk.do(
            self,
            self._saved,
            reminder_templates.write,
            channel=self.channel.value(),
            language=self.language.value(),
            draft=self._draft(),
            version=self._templates[self.channel.value(), self.language.value()].version,
        )

    def _saved(self, _: object) -> None:
        self._filled = None
        self.told.emit(
            tr("Saved the words of {channel}", channel=dict(CHANNELS)[self.channel.value()].lower())
        )

    def _show(self, templates: tuple[TemplateView, ...]) -> None:
        is_written_in = self._filled is not None and self._draft() != self._filled
        if not is_written_in:
            self._templates = {(each.channel, each.language): each for each in templates}
            self._fill()

    def _fill(self) -> None:
        template = self._templates.get((self.channel.value(), self.language.value()))
        if template is None:
            return
        self.clear_complaints()
        set_shown(self.form.row("subject"), self.channel.value() is Channel.EMAIL)
        self.subject.set_value(template.draft.subject)
        self.body.set_value(template.draft.body)
        self.keep.setEnabled(self.desk.may("schedule.edit_reminders"))
        self._filled = self._draft()
        self.preview()

    def _turn(self) -> None:
        """Beside each other, or under one another where letters are large."""
        self._both.setDirection(
            QBoxLayout.Direction.TopToBottom if theme().scale > 150 else QBoxLayout.Direction.LeftToRight
        )

    def _draft(self) -> TemplateDraft:
        is_mail = self.channel.value() is Channel.EMAIL
        return TemplateDraft(self.subject.value() if is_mail else "", self.body.value())

    def _show_preview(self, shown: Preview) -> None:
        for label, words in ((self._one, shown.one), (self._family, shown.family)):
            label.setText(f"{words.subject}\n\n{words.body}" if words.subject else words.body)
