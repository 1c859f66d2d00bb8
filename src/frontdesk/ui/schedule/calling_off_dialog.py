"""Canceled or missed: who, whether it is late and what that costs, why, and what comes next. One dialog."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_time
from frontdesk.services.schedule.series_changes import Scope
from frontdesk.services.schedule.words import CancelledBy
from frontdesk.services.visit import calling_off
from frontdesk.services.visit.calling_off import CalledOff, Next, Terms
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

Then = Callable[[str, Next], object]
"""Gets the words for the status bar, and what comes next."""


class Fee(StrEnum):
    """What becomes of the office's fee."""

    CHARGE = "charge"
    WAIVE = "waive"


class CallingOffDialog(Dialog):
    """Enter calls off; only the reason of a waiver must be given."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        name: str,
        starts: datetime,
        terms: Terms,
        then: Then,
        *,
        missed: bool = False,
    ) -> None:
        self._desk, self._terms, self._then = desk, terms, then
        self._missed = missed
        time = us_time(starts)
        question = tr("{name} did not come at {time}?") if missed else tr("Cancel {name}, {time}?")
        super().__init__(
            parent,
            question.format(name=name, time=time),
            tr("The visit stays on record.") if missed else tr("The time becomes free at once."),
            icon="user-x" if missed else "ban",
            width=520,
        )
        said = tr("Marked {name}, {time}, as a no-show") if missed else tr("Canceled {name}, {time}")
        self._words = said.format(name=name, time=time)
        self.form = Form()
        self.scope = Segmented(self._scopes(), says=tr("Which visits"))
        self.by = Segmented(
            (
                (CancelledBy.PATIENT, tr("Patient")),
                (CancelledBy.OFFICE, tr("Office")),
                (CancelledBy.PROVIDER, tr("Provider")),
            ),
            says=tr("Who calls it off"),
        )
        self.reason = TextEdit()
        self.waive_reason = TextEdit()
        self.next = Segmented(
            (
                (Next.UNSCHEDULED, tr("Unscheduled list")),
                (Next.REBOOK, tr("Rebook now")),
                (Next.PINBOARD, tr("Pinboard")),
                (Next.OFF_BOOK, tr("Off the book")),
            ),
            says=tr("What comes next"),
        )
        self.late = Label("", "secondary", "warn-tx", wrap=True)
        if len(self._scopes()) > 1:
            self.form.add("scope", tr("Which visits"), self.scope)
        if not missed:
            self.form.add("by", tr("Who calls it off"), self.by)
            self.form.add_wide(self.late)
        self.fee = Segmented(
            (
                (Fee.CHARGE, tr("Charge {fee}", fee=dollars(self._cents))),
                (Fee.WAIVE, tr("Waive it")),
            ),
            says=tr("Fee"),
        )
        self._fee_row = self.form.add("fee", tr("Fee for a missed visit") if missed else tr("Fee"), self.fee)
        self._waive_row = self.form.add("waive_reason", tr("Why it is waived"), self.waive_reason)
        if not missed:
            self.form.add("reason", tr("Reason"), self.reason)
        self.form.add("then", tr("What comes next"), self.next)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.by.chosen.connect(self._show_terms)
        self.fee.chosen.connect(self._fee_chosen)
        verb = tr("Mark as no-show") if missed else tr("Cancel visit")
        self.verb = self.add_verb(verb, self._call_off, kind="danger", keys="Return", closes=False)
        self.verb.setDefault(True)
        self.add_verb(tr("Keep it"), keys="Esc")
        self._show_terms()

    def first_field(self) -> QWidget:
        """Where the keys go when it opens."""
        return self.verb if self._missed else self.reason

    @property
    def _cents(self) -> int:
        return self._terms.no_show_cents if self._missed else self._terms.late_cancel_cents

    @property
    def _costs(self) -> bool:
        by_patient = self.by.value() is CancelledBy.PATIENT
        return self._cents > 0 and (self._missed or (by_patient and self._terms.is_late))

    def _scopes(self) -> tuple[tuple[Scope, str], ...]:
        terms = self._terms
        scopes = [(Scope.THIS, tr("This visit"))]
        if not self._missed and terms.following > 1:
            scopes.append((Scope.FOLLOWING, tr("This and following, {count}", count=terms.following)))
        if not self._missed and terms.of_series > terms.following:
            scopes.append((Scope.ALL, tr("All to come, {count}", count=terms.of_series)))
        return tuple(scopes)

    def _show_terms(self, _: object = None) -> None:
        late = self.by.value() is CancelledBy.PATIENT and self._terms.is_late and not self._missed
        self.late.setText(tr("Late: less than 24 hours before the visit.") if late else "")
        set_shown(self.late, late)
        set_shown(self._fee_row, self._costs)
        set_shown(self._waive_row, self._costs and self.fee.value() is Fee.WAIVE)
        self.adjustSize()

    def _fee_chosen(self, fee: Fee) -> None:
        self._show_terms()
        if fee is Fee.WAIVE:
            self.waive_reason.setFocus()

    def _call_off(self) -> None:
        self.form.clear_errors()
        waives = self._costs and self.fee.value() is Fee.WAIVE
        waived_because = self.waive_reason.value() if waives else None
        if self._missed:
            self._desk.do(
                self,
                self._done,
                calling_off.miss,
                appointment_id=self._terms.appointment_id,
                then=self.next.value(),
                waived_because=waived_because,
                version=self._terms.version,
            )
        else:
            self._desk.do(
                self,
                self._done,
                calling_off.call_off,
                appointment_id=self._terms.appointment_id,
                by=self.by.value(),
                then=self.next.value(),
                reason=self.reason.value(),
                scope=self.scope.value(),
                waived_because=waived_because,
                version=self._terms.version,
            )

    def _done(self, done: CalledOff) -> None:
        self.accept()
        count = len(done.events)
        words = self._words if count == 1 else tr("Canceled {count} visits of the series", count=count)
        self._then(words, self.next.value())
