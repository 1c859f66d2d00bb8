"""A signed authorization as somebody reads it: each thing that 45 CFR 164.508(c) wants, and its dates."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.records import release_asking, release_form_papers, release_forms
from frontdesk.services.records.release_asking import SignedRelease
from frontdesk.services.records.release_form_papers import FormPaper
from frontdesk.services.records.release_forms import CheckItem, FormDraft, Sensitivity
from frontdesk.services.records.release_words import CLASSES, ITEMS, STATED, capital
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_PAPER: Final = ("", 0)
_GUARDED: Final = tuple(each for each in Sensitivity if each is not Sensitivity.ORDINARY)


class ReleaseFormDialog(Dialog):
    """Check what the form says; what is not checked is missing, and is asked for again."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        told: Callable[[str], object],
        request_id: int,
        version: int,
    ) -> None:
        super().__init__(
            parent,
            tr("What does the signed form say?"),
            tr("Check what you read on it. Copies leave only on a form that has all of it."),
            icon="file-pen",
            icon_color="text-2",
            width=640,
        )
        self._desk, self._told, self._id, self._version = desk, told, request_id, version
        self._signed: tuple[SignedRelease, ...] = ()
        self._minor_may_sign = False
        self.paper: Combo[tuple[str, int]] = Combo(((_PAPER, tr("A paper that is not in the chart")),))
        self.signed_on, self.expires_on, self.ends_with = (
            DateEdit(),
            DateEdit(),
            TextEdit(hint=tr("end of the suit")),
        )
        self.signer, self.relation, self.authority = TextEdit(), TextEdit(hint=tr("mother")), TextEdit()
        self.states = {item: CheckBox(tr(ITEMS[item])) for item in STATED}
        self.classes = {each: CheckBox(tr(capital(CLASSES[each]))) for each in _GUARDED}
        self.alone = CheckBox(tr("It covers psychotherapy notes alone"))
        form = self.form = Form()
        form.add("document_id", tr("The form"), self.paper)
        form.add("signed_on", tr("Signed on; empty: not signed"), self.signed_on, span=4)
        form.add("expires_on", tr("Expires on"), self.expires_on, span=4)
        form.add("expires_event", tr("Or with an event"), self.ends_with, span=4)
        form.add("signer_name", tr("Signed by, if not the patient"), self.signer, span=4)
        form.add("relation", tr("Relation"), self.relation, span=4)
        form.add("authority", tr("Authority"), self.authority, span=4)
        form.add_wide(_grid(tuple(self.states.values()), tr("Read on the form")))
        form.add_wide(_grid((*self.classes.values(), self.alone), tr("It names these guarded records")))
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.save = self.add_verb(
            tr("Record the form"), self._save, kind="primary", keys="Ctrl+Return", closes=False
        )
        self.save.setShortcut("Ctrl+Return")
        self.paper.chosen.connect(self._take)
        desk.ask(self, self._show_signed, release_asking.signed_in_house, request_id=request_id)
        desk.ask(self, self._show_papers, release_form_papers.papers, request_id=request_id)
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)
        self._papers: tuple[FormPaper, ...] = ()

    def _show_signed(self, signed: tuple[SignedRelease, ...]) -> None:
        self._signed = signed
        self._show_options()
        if signed:
            self.paper.set_value(("consent", signed[0].consent_id))
            self._take(("consent", signed[0].consent_id))

    def _show_papers(self, papers: tuple[FormPaper, ...]) -> None:
        self._papers = papers
        self._show_options()

    def _show_options(self) -> None:
        here = tuple(
            (("consent", each.consent_id), tr("Signed in the house {date}", date=us_date(each.answered_on)))
            for each in self._signed
        )
        kept = tuple(
            (("document", each.document_id), f"{each.title}, {us_date(each.document_on)}")
            for each in self._papers
        )
        self.paper.set_options(((_PAPER, tr("A paper that is not in the chart")), *here, *kept))

    def _take(self, chosen: tuple[str, int]) -> None:
        """A form signed in the house fills in what its seal says."""
        kind, id = chosen
        signed = next((each for each in self._signed if kind == "consent" and each.consent_id == id), None)
        if signed is None:
            return
        self.signed_on.set_value(signed.answered_on)
        self.expires_on.set_value(signed.expires_on)
        if signed.relation:
            self.signer.set_value(signed.signer)
            self.relation.set_value(signed.relation)
            self.authority.set_value(signed.authority)
        for item in self.states:
            self.states[item].setChecked(item in signed.states)
        for each, box in self.classes.items():
            box.setChecked(each in signed.classes)

    def _save(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        kind, id = self.paper.value() or _PAPER
        self._desk.do(
            self,
            self._recorded,
            release_forms.record_form,
            request_id=self._id,
            form=FormDraft(
                signed_on=self.signed_on.value(),
                states=tuple(item for item, box in self.states.items() if box.isChecked()),
                document_id=id if kind == "document" else None,
                consent_id=id if kind == "consent" else None,
                signer_name=self.signer.value(),
                relation=self.relation.value(),
                authority=self.authority.value(),
                expires_on=self.expires_on.value(),
                expires_event=self.ends_with.value(),
                names_classes=tuple(each for each, box in self.classes.items() if box.isChecked()),
                is_psychotherapy_alone=self.alone.isChecked(),
            ),
            minor_may_sign=self._minor_may_sign,
            version=self._version,
        )

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        if isinstance(error, Refused) and all(finding.overridable for finding in error.findings):
            self._minor_may_sign = True
            self.save.setText(tr("The minor may sign: record it"))

    def _recorded(self, _: int) -> None:
        self.accept()
        self._told(tr("Recorded the form"))

    def states_of(self, item: CheckItem) -> CheckBox:
        """The box of one thing that the form must say."""
        return self.states[item]


def _grid(boxes: tuple[CheckBox, ...], says: str) -> QWidget:
    made = QWidget()
    made.setAccessibleName(says)
    grid = QGridLayout(made)
    grid.setContentsMargins(0, theme().px(4), 0, 0)
    grid.setVerticalSpacing(theme().px(2))
    grid.addWidget(Label(says, "caption", "text-2"), 0, 0, 1, 2)
    for place, box in enumerate(boxes):
        grid.addWidget(box, 1 + place // 2, place % 2)
    return made
