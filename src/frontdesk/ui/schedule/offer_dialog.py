"""Offering a time on the phone: it is kept while the desk calls, and booked only on a yes."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError
from frontdesk.kernel.text import clock_time, us_time, weekday_date
from frontdesk.services.schedule import chain_plan, waitlist_offers
from frontdesk.services.schedule.chain_plan import ChainPlan, PlanStep
from frontdesk.services.schedule.waitlist import EntryLine, FitView
from frontdesk.services.schedule.waitlist_offers import Accepted, NextStep, OfferLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.indicators import TimerRing
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.waitlist_look import stands
from frontdesk.ui.text import tr

_TICK_MS = 5_000
_LIMIT = int(waitlist_offers.OFFER_LASTS.total_seconds() // 60)


class OfferDialog(Dialog):
    """Keeps the time as it opens; Escape leaves it kept, to be decided later."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        entry: EntryLine,
        then: Callable[[str], object],
        *,
        fit: FitView | None = None,
        standing: OfferLine | None = None,
        is_kept: bool = False,
    ) -> None:
        super().__init__(
            parent,
            tr("Call {name}", name=entry.spoken),
            entry.wish if not entry.own_words else f"{entry.wish}. {entry.own_words}.",
            icon="phone-call",
            icon_color="info",
            width=560,
        )
        self._desk, self._entry, self._then = desk, entry, then
        self._next: PlanStep | None = None
        self._fit = fit or entry.fit
        self._offer: OfferLine | None = None
        self.when = Label("", "section")
        self.phone = Label(entry.phone or tr("No phone on file"), "strong")
        self.ring = TimerRing(0, _LIMIT)
        self.kept = Label("", "secondary", "text-2")
        self.say = Banner("info", icon="message-square-quote")
        self.body.addLayout(row(self.when, None, gap=8))
        self.body.addLayout(row(IconLabel("phone", "text-2", 14), self.phone, None, self.ring, self.kept))
        self.body.addWidget(self.say)
        if entry.note:
            self.body.addLayout(
                row(
                    IconLabel("sticky-note", "text-2", 14),
                    Label(entry.note, "secondary", "text-2", wrap=True),
                )
            )
        self.reason = TextEdit(hint=tr("No procedure is booked then"))
        self.reasons = Form()
        self.reasons.add("override_reason", tr("Why this kept time may be given away"), self.reason)
        self.said = TextEdit(hint=tr("At work until noon"))
        self.answers = Form()
        self.answers.add("said", tr("What the patient said"), self.said)
        self.chain = CheckBox("", checked=True)
        set_shown(self.chain, False)
        self.body.addWidget(self.chain)
        self.body.addWidget(self.reasons)
        self.body.addWidget(self.answers)
        self.later = self.add_verb(tr("Decide later"), keys="Esc")
        self.no_answer = self.add_verb(tr("Nobody answers"), self._withdraw, closes=False)
        self.no = self.add_verb(tr("Declined"), self._decline, closes=False)
        self.hold = self.add_verb(tr("Keep this time"), self._begin, closes=False)
        self.yes = self.add_verb(tr("Book it"), self._accept, kind="primary", keys="Return", closes=False)
        set_shown(self.ring, False)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        if entry.own_hole is not None:
            desk.ask(self, self._show_next, chain_plan.plan_for, hole=entry.own_hole, without=(entry.id,))
        if is_kept:
            self._kept_before()
        elif standing is not None and stands(standing, desk.local_now):
            self._show(standing)
        elif self._fit is not None:
            self._show_fit(self._fit)

    def _kept_before(self) -> None:
        """The step before in a chain has kept the time already."""
        for form in (self.reasons, self.answers):
            set_shown(form, False)
        set_shown(self.hold, False)
        self._desk.ask(self, self._find, waitlist_offers.offers)

    def _show_next(self, plan: ChainPlan) -> None:
        """Who would take the time that a yes frees: the next step of the chain."""
        self._next = plan.steps[0] if plan.steps else None
        if self._next is not None:
            name, at = self._next.entry.spoken, self._next.fit.slot.starts
            time = f"{at:%a} {us_time(at)}"
            self.chain.setText(tr("After a yes, keep {time} for {name}", time=time, name=name))
        set_shown(self.chain, self._next is not None)
        self.adjustSize()

    def _show_fit(self, fit: FitView) -> None:
        """Before anything is kept: where a reason is needed it is asked first."""
        starts = fit.slot.starts
        self.when.setText(f"{weekday_date(starts.date())}, {us_time(starts)} · {fit.provider}, {fit.place}")
        self.kept.setText(tr("not kept yet"))
        set_shown(self.reasons, fit.needs_reason)
        set_shown(self.answers, False)
        for verb in (self.yes, self.no, self.no_answer):
            set_shown(verb, False)
        if not fit.needs_reason:
            set_shown(self.hold, False)
            self._keep(fit, "")
        else:
            self.reason.setFocus()

    def _begin(self) -> None:
        assert self._fit is not None
        if not self.reason.value():
            self.reasons.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))
            return
        self._keep(self._fit, self.reason.value())

    def _keep(self, fit: FitView, reason: str) -> None:
        self._desk.do(
            self,
            self._kept,
            waitlist_offers.offer,
            entry_id=self._entry.id,
            slot=fit.slot,
            override_reason=reason,
        )

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        if self._offer is None:
            set_shown(self.say, False)

    def _kept(self, _: int) -> None:
        self._then(tr("Keeping a time for {name}", name=self._entry.spoken))
        self._desk.ask(self, self._find, waitlist_offers.offers)

    def _find(self, offers: tuple[OfferLine, ...]) -> None:
        standing = next((each for each in offers if each.entry_id == self._entry.id and each.is_open), None)
        if standing is not None:
            self._show(standing)

    def _show(self, offer: OfferLine) -> None:
        """The time is kept: what to say, and the answers."""
        self._offer = offer
        starts = offer.slot.starts
        self.when.setText(f"{weekday_date(starts.date())}, {us_time(starts)} · {offer.provider}")
        self.say.say("info", f"“{offer.say}”", icon="message-square-quote")
        time = clock_time(starts)
        moves = offer.own_starts is not None
        self.yes.setText(tr("Move to {time}", time=time) if moves else tr("Book {time}", time=time))
        set_shown(self.reasons, False)
        set_shown(self.hold, False)
        set_shown(self.answers, True)
        set_shown(self.ring, True)
        for verb in (self.yes, self.no, self.no_answer):
            set_shown(verb, True)
        self.kept.setText(tr("kept until {until}", until=clock_time(offer.until)))
        self._tick()
        self.adjustSize()
        self.yes.setFocus()

    def _tick(self) -> None:
        if self._offer is None:
            return
        left = self._offer.until - self._desk.local_now
        used = _LIMIT - max(0, int(left.total_seconds() // 60))
        self.ring.show_minutes(min(used, _LIMIT), _LIMIT)
        if left.total_seconds() <= 0:
            self.banner.say("warn", tr("The time is no longer kept. Offer it anew, if it is still free."))
            for button in (self.yes, self.no, self.no_answer):
                button.setEnabled(False)

    def _accept(self) -> None:
        if self._offer is not None:
            self._desk.do(
                self,
                self._accepted,
                waitlist_offers.accept,
                offer_id=self._offer.id,
                then=self._next_step(),
                version=self._offer.version,
            )

    def _next_step(self) -> NextStep | None:
        if self._next is None or not self.chain.isChecked():
            return None
        return NextStep(self._next.entry.id, self._next.fit.slot)

    def _accepted(self, made: Accepted) -> None:
        assert self._offer is not None
        name, time = self._entry.spoken, self._offer.said_time
        if made.moved_event_id is None:
            self._finish(tr("Booked {name} from the waitlist, {time}", name=name, time=time))
        elif made.next_offer_id is None:
            self._finish(tr("Moved {name} up to {time}", name=name, time=time))
        else:
            self._finish(tr("Moved {name} up to {time}; the old time is kept", name=name, time=time))
            parent = self.parentWidget()
            if self._next is not None and parent is not None:
                OfferDialog(parent, self._desk, self._next.entry, self._then, is_kept=True).open()

    def _decline(self) -> None:
        if self._offer is not None:
            self._desk.do(
                self,
                self._declined,
                waitlist_offers.decline,
                offer_id=self._offer.id,
                said=self.said.value(),
            )

    def _declined(self, _: None) -> None:
        assert self._offer is not None
        self._finish(
            tr("{name} declined {time}; keeps the place", name=self._entry.spoken, time=self._offer.said_time)
        )

    def _withdraw(self) -> None:
        if self._offer is not None:
            self._desk.do(self, self._withdrawn, waitlist_offers.withdraw, offer_id=self._offer.id)

    def _withdrawn(self, _: None) -> None:
        assert self._offer is not None
        self._finish(tr("{time} is free again", time=self._offer.said_time))

    def _finish(self, said: str) -> None:
        self.accept()
        self._then(said)
