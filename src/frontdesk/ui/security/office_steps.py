"""The steps of the set-up about the office itself: practice, first administrator, first provider."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import fold
from frontdesk.services.office import practice, providers
from frontdesk.services.office.establish import FirstProvider
from frontdesk.services.office.practice import PracticeDraft
from frontdesk.services.office.providers import ProviderDraft
from frontdesk.services.security import accounts, passwords
from frontdesk.services.security.accounts import UserDraft
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.office.practice_form import PracticeForm
from frontdesk.ui.security.gate import what_is_good
from frontdesk.ui.security.password_edit import PasswordEdit
from frontdesk.ui.security.steps import StepPage
from frontdesk.ui.text import tr


class PracticeStep(StepPage):
    """What stands on claims and letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._practice = PracticeForm(is_first=True)
        super().__init__(
            tr("Your practice"),
            tr("As it stands on claims and letters. You see it again before it is kept."),
            parent,
            form=self._practice,
        )
        self.add_form()

    def draft(self) -> PracticeDraft:
        return self._practice.draft()

    def findings(self) -> list[Finding]:
        return practice.practice_findings(self.draft())


class AccountStep(StepPage):
    """The first person who signs in, and lets others in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Your account"),
            tr("You become the administrator: you let others in and decide what they may do."),
            parent,
        )
        self._texts = _texts(
            self.form,
            (("name", tr("Your name"), 6), ("login", tr("Login"), 4), ("initials", tr("Initials"), 2)),
        )
        self._texts["name"].editingFinished.connect(self._suggest)
        self._password, self._again = PasswordEdit(), PasswordEdit()
        self.form.add("password", tr("Password"), self._password, span=6, message=what_is_good())
        self.form.add("again", tr("The same again"), self._again, span=6)
        self.add_form()

    @property
    def password(self) -> str:
        return self._password.value()

    def draft(self) -> UserDraft:
        return UserDraft(**{name: edit.value() for name, edit in self._texts.items()})

    def findings(self) -> list[Finding]:
        draft = self.draft()
        found = accounts.user_findings(draft)
        found += passwords.password_findings(self.password, own_words=(draft.name, draft.login))
        if self.password != self._again.value():
            found.append(Finding(tr("The two passwords differ. Type them again."), "again"))
        return found

    def _suggest(self) -> None:
        words = fold(self._texts["name"].value()).split()
        if words and not self._texts["login"].value():
            self._texts["login"].set_value(words[0])
        if len(words) > 1 and not self._texts["initials"].value():
            self._texts["initials"].set_value((words[0][0] + words[-1][0]).upper())


class ProviderStep(StepPage):
    """The first person who sees patients."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Your first provider"),
            tr("The person whose patients you book. The NPI goes on their claims."),
            parent,
        )
        self._texts = _texts(
            self.form,
            (
                ("first_name", tr("First name"), 5),
                ("last_name", tr("Last name"), 5),
                ("credential", tr("Credential"), 2),
                ("npi", tr("NPI of the provider"), 5),
                ("taxonomy", tr("Taxonomy code (may be empty)"), 5),
            ),
        )
        self._texts["credential"].setPlaceholderText("MD")
        self.add_form()

    def draft(self) -> FirstProvider:
        return FirstProvider(**{name: edit.value() for name, edit in self._texts.items()})

    def findings(self) -> list[Finding]:
        draft = self.draft()
        return providers.provider_findings(
            ProviderDraft(draft.first_name, draft.last_name, draft.npi, site_id=0, taxonomy=draft.taxonomy)
        )


def _texts(form: Form, fields: Iterable[tuple[str, str, int]]) -> dict[str, TextEdit]:
    """Rows for plain text, by name, label and twelfths."""
    edits = {}
    for name, label, span in fields:
        edits[name] = TextEdit()
        form.add(name, label, edits[name], span=span)
    return edits
