"""The mail server, the text gateway and the quiet hours; each server can be tried at once."""

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QWidget

from frontdesk.kernel.errors import Conflict, FrontdeskError
from frontdesk.services.schedule import message_secrets, message_settings, reminder_sender
from frontdesk.services.schedule.delivery import Delivery
from frontdesk.services.schedule.message_settings import (
    MailDraft,
    MessageSettings,
    QuietDraft,
    TextDraft,
    Versions,
)
from frontdesk.services.schedule.words import AttemptResult, Channel, MailSecurity
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row, scrolled
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NoteEdit, NumberEdit, TextEdit, TimeEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_SERVERS = "office.edit_messaging"
_TONES = {AttemptResult.SENT: "ok", AttemptResult.TEMPORARY: "warn"}


class ServersPanel(Panel):
    """Three cards; secrets go into this computer's keyring and are never shown again."""

    topics = frozenset({"mail_server", "text_gateway", "quiet_hours"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._mail_filled: MailDraft | None = None
        self._text_filled: TextDraft | None = None
        self._quiet_filled: QuietDraft | None = None
        self._seen = Versions()
        self._takes_newest = False
        self._whose = Banner("info")
        both = self._both = row(gap=12)
        both.addWidget(self._build_mail(), 1)
        right = column(self._build_text(), self._build_quiet(), None, gap=12)
        both.addLayout(right, 1)
        content = QWidget()
        content.setLayout(column(self.banner, self._whose, both, None, gap=12, margins=(12,) * 4))
        self.setLayout(column(scrolled(content), gap=0))
        theme().changed.connect(self._turn)
        self._turn()

    def reload(self) -> None:
        self.desk.ask(self, self._show, message_settings.settings)

    def refused(self, error: FrontdeskError) -> None:
        """What was typed stays; the next try is told from what the other desk saved."""
        super().refused(error)
        if isinstance(error, Conflict):
            self._takes_newest = True
            self.reload()

    # -- mail -------------------------------------------------------------------------

    def _build_mail(self) -> QWidget:
        self.mail_on = CheckBox(tr("Send e-mail"))
        self.host, self.port = TextEdit(), NumberEdit(least=1, most=65535)
        self.security: Combo[str] = Combo(
            (
                (MailSecurity.STARTTLS.value, tr("STARTTLS (port 587)")),
                (MailSecurity.TLS.value, tr("TLS (port 465)")),
                (MailSecurity.PLAIN.value, tr("None, within the office")),
            )
        )
        self.login, self.password = TextEdit(), TextEdit(hint=tr("Unchanged"))
        self.password.setEchoMode(TextEdit.EchoMode.Password)
        self.sender_name, self.sender_address = TextEdit(), TextEdit()
        self.mail_form = Form()
        self.mail_form.add_wide(self.mail_on)
        self.mail_form.add("host", tr("Mail server"), self.host, span=8)
        self.mail_form.add("port", tr("Port"), self.port, span=4)
        self.mail_form.add("security", tr("Protection"), self.security)
        self.mail_form.add("login", tr("Login"), self.login, span=6)
        self.mail_form.add("password", tr("Password"), self.password, span=6)
        self.mail_form.add("sender_name", tr("Sender's name"), self.sender_name, span=6)
        self.mail_form.add("sender_address", tr("Sender's address"), self.sender_address, span=6)
        self.mail_to = TextEdit(hint=tr("you@example.com"))
        tried = Form()
        tried.add("to", tr("Send a test to"), self.mail_to)
        self.mail_answer = Banner()
        self.mail_test = Button(tr("Send test e-mail"), icon="send")
        self.mail_test.clicked.connect(self.test_mail)
        self.mail_keep = Button(tr("Save mail server"), "primary", icon="check")
        self.mail_keep.clicked.connect(self.save_mail)
        card = Card(tr("E-mail"), "mail")
        for widget in (self.mail_form, tried, self.mail_answer):
            card.body.addWidget(widget)
        card.body.addLayout(row(None, self.mail_test, self.mail_keep))
        card.body.addStretch(1)
        return card

    def save_mail(self) -> None:
        """Keeps the server, and the password where one was typed."""
        self.clear_complaints()
        if not self.mail_form.check():
            return
        draft = self._mail_draft()
        self.desk.do(
            self,
            lambda _: self._mail_saved(draft),
            message_settings.set_mail,
            draft=draft,
            version=self._seen.mail,
        )

    def _mail_draft(self) -> MailDraft:
        return MailDraft(
            host=self.host.value(),
            port=self.port.value() or 0,
            security=MailSecurity(self.security.value() or MailSecurity.STARTTLS.value),
            sender_name=self.sender_name.value(),
            sender_address=self.sender_address.value(),
            login=self.login.value(),
            is_on=self.mail_on.isChecked(),
        )

    def _mail_saved(self, draft: MailDraft) -> None:
        self._mail_filled = None
        self.told.emit(tr("Saved the mail server"))
        secret = self.password.text()
        if secret:
            account = message_secrets.mail_account(draft.login, draft.host)
            self.desk.run(
                self, self._secret_kept, message_secrets.keep, message_secrets.MAIL, account, secret
            )

    def test_mail(self) -> None:
        """Sends a test by the server as it was saved."""
        self._test(Channel.EMAIL, self.mail_to, self.mail_answer, self._mail_tested)

    def _mail_tested(self, answer: Delivery) -> None:
        self.mail_answer.say(_TONES.get(answer.result, "block"), answer.answer)

    # -- text -------------------------------------------------------------------------

    def _build_text(self) -> QWidget:
        self.text_on = CheckBox(tr("Send texts"))
        self.url, self.text_from = TextEdit(), TextEdit()
        self.method: Combo[str] = Combo((("POST", "POST"), ("GET", "GET")))
        self.kind: Combo[str] = Combo(
            (
                ("application/json", "JSON"),
                ("application/x-www-form-urlencoded", tr("Form")),
            )
        )
        self.headers, self.text_body = NoteEdit(lines=2), NoteEdit(lines=3)
        self.token, self.id_field = TextEdit(hint=tr("Unchanged")), TextEdit()
        self.token.setEchoMode(TextEdit.EchoMode.Password)
        self.text_form = Form()
        self.text_form.add_wide(self.text_on)
        self.text_form.add("url", tr("Gateway's address"), self.url)
        self.text_form.add("method", tr("Method"), self.method, span=4)
        self.text_form.add("content_type", tr("Content"), self.kind, span=4)
        self.text_form.add("sender", tr("From"), self.text_from, span=4)
        self.text_form.add("headers", tr("Headers, a line each"), self.headers)
        self.text_form.add("body", tr("Body, with {to}, {from} and {text}"), self.text_body)
        self.text_form.add("token", tr("Token, for {token}"), self.token, span=6)
        self.text_form.add("id_field", tr("Field of the message's id"), self.id_field, span=6)
        self.text_to = TextEdit(hint=tr("(503) 555-0100"))
        tried = Form()
        tried.add("to", tr("Send a test text to"), self.text_to)
        self.text_answer = Banner()
        self.text_test = Button(tr("Send test text"), icon="send")
        self.text_test.clicked.connect(self.test_text)
        self.text_keep = Button(tr("Save gateway"), icon="check")
        self.text_keep.clicked.connect(self.save_text)
        card = Card(tr("Texts"), "message-square-text")
        for widget in (self.text_form, tried, self.text_answer):
            card.body.addWidget(widget)
        card.body.addLayout(row(None, self.text_test, self.text_keep))
        return card

    def save_text(self) -> None:
        """Keeps the gateway, and the token where one was typed."""
        self.clear_complaints()
        draft = self._text_draft()
        self.desk.do(
            self,
            lambda _: self._text_saved(draft),
            message_settings.set_text,
            draft=draft,
            version=self._seen.text,
        )

    def _text_draft(self) -> TextDraft:
        return TextDraft(
            url=self.url.value(),
            body=self.text_body.value(),
            headers=self.headers.value(),
            method=self.method.value() or "POST",
            content_type=self.kind.value() or "application/json",
            sender=self.text_from.value(),
            id_field=self.id_field.value(),
            is_on=self.text_on.isChecked(),
        )

    def _text_saved(self, draft: TextDraft) -> None:
        self._text_filled = None
        self.told.emit(tr("Saved the text gateway"))
        secret = self.token.text()
        if secret:
            self.desk.run(
                self, self._secret_kept, message_secrets.keep, message_secrets.TEXT, draft.url, secret
            )

    def test_text(self) -> None:
        """Sends a test by the gateway as it was saved."""
        self._test(Channel.TEXT, self.text_to, self.text_answer, self._text_tested)

    def _text_tested(self, answer: Delivery) -> None:
        self.text_answer.say(_TONES.get(answer.result, "block"), answer.answer)

    # -- quiet hours --------------------------------------------------------------------

    def _build_quiet(self) -> QWidget:
        self.quiet_from, self.quiet_until = TimeEdit(), TimeEdit()
        self.quiet_form = Form()
        self.quiet_form.add("starts", tr("From the evening"), self.quiet_from, span=6)
        self.quiet_form.add("ends", tr("To the morning"), self.quiet_until, span=6)
        self.quiet_keep = Button(tr("Save quiet hours"), icon="moon")
        self.quiet_keep.clicked.connect(self.save_quiet)
        card = Card(tr("Quiet hours: no message goes out"), "moon")
        card.body.addWidget(self.quiet_form)
        card.body.addLayout(row(None, self.quiet_keep))
        return card

    def save_quiet(self) -> None:
        """From the next planning on."""
        self.clear_complaints()
        draft = self._quiet_draft()
        if self.quiet_form.check() and draft is not None:
            self.desk.do(
                self, self._quiet_saved, message_settings.set_quiet, draft=draft, version=self._seen.quiet
            )

    def _quiet_draft(self) -> QuietDraft | None:
        starts, ends = self.quiet_from.value(), self.quiet_until.value()
        return None if starts is None or ends is None else QuietDraft(starts, ends)

    def _quiet_saved(self, _: QuietDraft) -> None:
        self._quiet_filled = None
        self.told.emit(tr("Saved the quiet hours"))

    def _turn(self) -> None:
        """Beside each other, or under one another where letters are large."""
        self._both.setDirection(
            QBoxLayout.Direction.TopToBottom if theme().scale > 150 else QBoxLayout.Direction.LeftToRight
        )

    # -- inside ---------------------------------------------------------------------------

    def _test(
        self, channel: Channel, to: TextEdit, answer: Banner, then: Callable[[Delivery], object]
    ) -> None:
        self.clear_complaints()
        if not to.value():
            answer.say("warn", tr("Write an address or number of your own first."))
            return
        answer.say("info", tr("Asking the server. This may take ten seconds."))
        self.desk.run(
            self,
            then,
            reminder_sender.send_test,
            self.desk.database,
            self.desk.actor,
            channel=channel,
            to=to.value(),
        )

    def _secret_kept(self, _: None) -> None:
        self.password.clear()
        self.token.clear()

    def _show(self, settings: MessageSettings) -> None:
        may = self.desk.may(_SERVERS)
        self._whose.say("info", "" if may else tr("The office manager sets up and tries the servers."))
        for button in (self.mail_keep, self.mail_test, self.text_keep, self.text_test):
            button.setEnabled(may)
        self.quiet_keep.setEnabled(self.desk.may("schedule.edit_reminders"))
        self.mail_test.setEnabled(may and settings.mail is not None)
        self.text_test.setEnabled(may and settings.text is not None)
        self.mail_form.setEnabled(may)
        self.text_form.setEnabled(may)
        newest = self._takes_newest
        self._takes_newest = False
        mail = self._mail_filled in (None, self._mail_draft())  # else somebody is writing in it
        if mail:
            self._fill_mail(settings.mail or _NEW_MAIL)
        text = self._text_filled in (None, self._text_draft())
        if text:
            self._fill_text(settings.text or _NEW_TEXT)
        quiet = self._quiet_filled in (None, self._quiet_draft())
        if quiet:
            self._fill_quiet(settings.quiet)
        self._seen = Versions(
            settings.versions.mail if mail or newest else self._seen.mail,
            settings.versions.text if text or newest else self._seen.text,
            settings.versions.quiet if quiet or newest else self._seen.quiet,
        )

    def _fill_quiet(self, quiet: QuietDraft) -> None:
        self.quiet_from.set_value(quiet.starts)
        self.quiet_until.set_value(quiet.ends)
        self._quiet_filled = quiet

    def _fill_mail(self, mail: MailDraft) -> None:
        self.mail_on.setChecked(mail.is_on)
        self.host.set_value(mail.host)
        self.port.set_value(mail.port)
        self.security.set_value(mail.security.value)
        self.login.set_value(mail.login)
        self.sender_name.set_value(mail.sender_name)
        self.sender_address.set_value(mail.sender_address)
        self._mail_filled = self._mail_draft()

    def _fill_text(self, text: TextDraft) -> None:
        self.text_on.setChecked(text.is_on)
        self.url.set_value(text.url)
        self.method.set_value(text.method)
        self.kind.set_value(text.content_type)
        self.text_from.set_value(text.sender)
        self.headers.set_value(text.headers)
        self.text_body.set_value(text.body)
        self.id_field.set_value(text.id_field)
        self._text_filled = self._text_draft()


_NEW_MAIL = MailDraft("", 587, MailSecurity.STARTTLS, "", "")
_NEW_TEXT = TextDraft(
    "", '{"to": "{to}", "from": "{from}", "text": "{text}"}', "Authorization: Bearer {token}"
)
