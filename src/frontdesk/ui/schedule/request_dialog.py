"""Writes a request down, or changes it: by which way, who asked, for what, until when."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.schedule import request_queue, visit_requests, visit_types
from frontdesk.services.schedule.request_queue import Owner, RequestLine
from frontdesk.services.schedule.visit_requests import RequestChannel, RequestDraft
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

CHANNELS = {
    RequestChannel.PHONE: tr("Phone"),
    RequestChannel.IN_PERSON: tr("In person"),
    RequestChannel.EMAIL: tr("E-mail"),
    RequestChannel.LETTER: tr("Letter"),
    RequestChannel.REFERRAL: tr("Referral"),
}
_NOBODY = _NO_TYPE = 0


class RequestDialog(Dialog):
    """Enter saves; the caller's fields are for whoever asks in another's place, or is not registered."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        then: Callable[[str], object],
        *,
        request: RequestLine | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("Write down a request") if request is None else tr("Change the request"),
            tr("When it is due follows from how soon the patient must be seen."),
            icon="inbox",
            icon_color="text-2",
            width=600,
        )
        self._desk, self._then, self._request = desk, then, request
        self._patient_id = request.draft.patient_id if request else None
        self.channel: Combo[RequestChannel] = Combo(tuple(CHANNELS.items()))
        self.urgency = Segmented(
            (
                (Urgency.TODAY, tr("Today")),
                (Urgency.THIS_WEEK, tr("This week")),
                (Urgency.ROUTINE, tr("Routine")),
            ),
            says=tr("How soon"),
            fills=True,
        )
        self.urgency.set_value(Urgency.ROUTINE)
        self.patient = PatientBox(desk)
        self.caller, self.relation, self.phone = TextEdit(), TextEdit(hint=tr("spouse")), PhoneEdit()
        self.reason = TextEdit(hint=tr("Knee pain since Sunday"))
        self.visit_type: Combo[int] = Combo(((_NO_TYPE, tr("Not known yet")),))
        self.first, self.last = DateEdit(), DateEdit()
        self.times = TextEdit(hint=tr("mornings, not Fridays"))
        self.owner: Combo[int] = Combo(((_NOBODY, tr("Nobody yet")),))
        self.form = Form()
        self.form.add("channel", tr("Came by"), self.channel, span=3)
        self.form.add("urgency", tr("How soon"), self.urgency, span=5)
        self.form.add("owner_id", tr("Taken on by"), self.owner, span=4)
        self.form.add("patient_id", tr("Patient"), self.patient, span=6)
        self.form.add("caller_phone", tr("Phone to call back"), self.phone, span=6)
        self.form.add("caller_name", tr("Asked by, if not the patient"), self.caller, span=6)
        self.form.add("caller_relation", tr("Relation"), self.relation, span=6)
        self.form.add("reason", tr("What is asked for"), self.reason, span=7)
        self.form.add("visit_type_id", tr("Visit type"), self.visit_type, span=5)
        self.form.add("wanted_from", tr("From"), self.first, span=3)
        self.form.add("wanted_until", tr("Until"), self.last, span=3)
        self.form.add("wanted_times", tr("Times that suit"), self.times, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        words = tr("Write it down") if request is None else tr("Save the request")
        self.save = self.add_verb(words, self._save, kind="primary", keys="Return", closes=False)
        self.patient.chosen.connect(self._found)
        self.patient.textEdited.connect(self._forget)
        desk.ask(self, self._show_types, visit_types.visit_types)
        desk.ask(self, self._show_owners, request_queue.owners)
        if request is not None:
            self._show(request)
        self.patient.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, request: RequestLine) -> None:
        draft = request.draft
        self.channel.set_value(draft.channel)
        self.urgency.set_value(draft.urgency)
        self.caller.set_value(draft.caller_name)
        self.relation.set_value(draft.caller_relation)
        self.phone.set_value(draft.caller_phone or None)
        self.reason.set_value(draft.reason)
        self.first.set_value(draft.wanted_from)
        self.last.set_value(draft.wanted_until)
        self.times.set_value(draft.wanted_times)
        if request.born_on is not None:
            self.patient.setText(f"{request.name}, {us_date(request.born_on)}")
            self.patient.setCursorPosition(0)

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        each = tuple((kind.id, kind.name) for kind in types)
        self.visit_type.set_options(((_NO_TYPE, tr("Not known yet")), *each))
        if self._request is not None:
            self.visit_type.set_value(self._request.draft.visit_type_id or _NO_TYPE)

    def _show_owners(self, owners: tuple[Owner, ...]) -> None:
        each = tuple((owner.id, owner.name) for owner in owners)
        self.owner.set_options(((_NOBODY, tr("Nobody yet")), *each))
        if self._request is not None:
            self.owner.set_value(self._request.draft.owner_id or _NOBODY)
        elif self._desk.actor.user_id is not None:
            self.owner.set_value(self._desk.actor.user_id)

    def _found(self, patient: FoundPatient) -> None:
        self._patient_id = patient.patient_id
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget(self) -> None:
        self._patient_id = None

    def _save(self) -> None:
        if not self.form.check():
            return
        draft = RequestDraft(
            channel=self.channel.value() or RequestChannel.PHONE,
            reason=self.reason.value(),
            patient_id=self._patient_id,
            caller_name=self.caller.value(),
            caller_relation=self.relation.value(),
            caller_phone=self.phone.value() or "",
            visit_type_id=self.visit_type.value() or None,
            urgency=self.urgency.value(),
            wanted_from=self.first.value(),
            wanted_until=self.last.value(),
            wanted_times=self.times.value(),
            owner_id=self.owner.value() or None,
        )
        if self._request is None:
            self._desk.do(self, self._written, visit_requests.take_down, draft=draft)
        else:
            self._desk.do(
                self,
                self._changed,
                visit_requests.change,
                request_id=self._request.id,
                draft=draft,
                version=self._request.version,
            )

    def _written(self, _: int) -> None:
        self.accept()
        self._then(tr("Wrote down the request"))

    def _changed(self, _: RequestDraft) -> None:
        self.accept()
        self._then(tr("Changed the request"))
