"""Beside the waitlist's rows: one who waits with the next times, or a free time with its chain."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date, us_time, weekday_date
from frontdesk.services.schedule import chain_plan, waitlist
from frontdesk.services.schedule.chain_plan import ChainPlan, PlanStep
from frontdesk.services.schedule.waitlist import EntryLine, FitView, HoleFit
from frontdesk.services.schedule.waitlist_holes import HoleLine
from frontdesk.services.schedule.waitlist_offers import OfferLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.waitlist_column import TOPICS
from frontdesk.ui.schedule.waitlist_look import fit_item, urgency_icon
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class EntryDetail(Panel):
    """What is wished, what was said, and the next times that fit; Enter offers one."""

    topics = TOPICS
    offer_wanted = Signal(object, object)
    """EntryLine, FitView."""
    edit_wanted = Signal(object)
    withdraw_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._entry: EntryLine | None = None
        self._icon = IconLabel("minus")
        self.name = Label("", "section", wrap=True)
        self._soon = Chip("", "outline")
        self._facts = Label("", "body", "text-2", wrap=True)
        self._own = Banner("info", icon="forward")
        self._declined = Banner("warn", icon="x")
        self._edit = Button(tr("Change"), icon="pencil", keys="E")
        self._withdraw = Button(tr("Take off"), icon="user-minus", keys="W")
        self.model: ListModel[FitView] = ListModel(_fit_item, key=lambda fit: fit.slot)
        self.fits = RowList(self.model, says=tr("Times that fit"))
        self.fits.opened.connect(self._opened)
        self._offer = Button(tr("Offer this time"), "primary", icon="phone-call")
        self._offer.clicked.connect(self._offer_chosen)
        self.none = EmptyState("calendar-x", tr("No time fits in the next two weeks"))
        self._edit.clicked.connect(lambda: self.edit_wanted.emit(self._entry))
        self._withdraw.clicked.connect(lambda: self.withdraw_wanted.emit(self._entry))
        may = desk.may("schedule.book")
        for button in (self._edit, self._withdraw, self._offer):
            set_shown(button, may)
        head = row(self._icon, self.name, self._soon)
        head.setStretchFactor(self.name, 1)
        body = column(
            head,
            self._facts,
            self._own,
            self._declined,
            row(Label(tr("Times that could be offered"), "caption", "text-3"), None, margins=(0, 8, 0, 0)),
            self.banner,
            self.fits,
            self.none,
            row(self._edit, self._withdraw, None, self._offer, margins=(0, 4, 0, 0)),
            margins=(14, 12, 14, 12),
        )
        body.setStretchFactor(self.fits, 1)
        self.setLayout(body)

    def show_entry(self, entry: EntryLine) -> None:
        self._entry = entry
        self._icon.show_icon(*urgency_icon(entry.urgency), says=entry.how_soon)
        self.name.setText(entry.patient)
        self._soon.show_state(entry.how_soon, "outline")
        minutes = tr("{minutes} min", minutes=entry.minutes) if entry.minutes else tr("no length yet")
        notice = _notice(entry.notice_minutes)
        added = tr("since {date}, by {name}", date=us_date(entry.added.date()), name=entry.added_by)
        facts = (entry.wish, f"{entry.visit_type}, {minutes}", entry.phone, notice, added, entry.note)
        self._facts.setText("\n".join(fact for fact in facts if fact))
        self._own.say("info", entry.own_words, icon="forward")
        self._declined.say(
            "warn",
            tr("Declined today: {times}", times=", ".join(entry.declined)) if entry.declined else "",
            icon="x",
        )
        self.reload()

    def show_offers(self, offers: dict[int, OfferLine]) -> None:
        """Newer offers; what is shown of the entry comes with the list."""

    def reload(self) -> None:
        if self._entry is not None:
            self.desk.ask(self, self._show_fits, waitlist.fits_of, entry_id=self._entry.id)

    def _show_fits(self, fits: tuple[FitView, ...]) -> None:
        self.model.show(fits)
        set_shown(self.fits, bool(fits))
        set_shown(self.none, not fits)
        self._offer.setEnabled(bool(fits))
        if fits and self.fits.current() is None:
            self.fits.choose(fits[0].slot)

    def _offer_chosen(self) -> None:
        self._opened(self.fits.current())

    def _opened(self, fit: FitView | None) -> None:
        if self._entry is not None and fit is not None:
            self.offer_wanted.emit(self._entry, fit)


class HoleDetail(Panel):
    """The chain that fills a time best, and everybody who fits it; Enter offers it to one."""

    topics = TOPICS
    offer_wanted = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._hole: HoleLine | None = None
        self._plan: ChainPlan | None = None
        self._offers: dict[int, OfferLine] = {}
        self.name = Label("", "section", wrap=True)
        self._why = Chip("", "outline")
        self.says = EndingLabel("", "secondary", "text-2")
        self.steps: ListModel[PlanStep] = ListModel(self._step_item, key=lambda step: step.entry.id)
        self.chain = RowList(self.steps, says=tr("The chain, call by call"), lead_width=22)
        self.chain.opened.connect(self._opened_step)
        self.chain.chosen.connect(self._say_step)
        self._say = Banner("info", icon="message-square-quote")
        self._begin = Button(tr("Call the first"), "primary", icon="phone-call")
        self._begin.clicked.connect(self.begin)
        set_shown(self._begin, desk.may("schedule.book"))
        self.model: ListModel[HoleFit] = ListModel(self._look, key=lambda found: found.entry.id)
        self.people = RowList(self.model, says=tr("Who fits this time, best first"))
        self.people.opened.connect(self._opened)
        self.none = EmptyState("users", tr("Nobody on the waitlist fits this time"))
        self._chain_head = Label(tr("Best chain"), "caption", "text-3")
        self._people_head = Label(tr("Who fits, best first"), "caption", "text-3")
        head = row(IconLabel("calendar-x-2"), self.name, self._why)
        head.setStretchFactor(self.name, 1)
        body = column(
            head,
            self.banner,
            row(self._chain_head, self.says, None, self._begin, margins=(0, 4, 0, 0)),
            self.chain,
            self._say,
            row(self._people_head, None, margins=(0, 8, 0, 0)),
            self.people,
            self.none,
            margins=(14, 12, 14, 12),
        )
        body.setStretchFactor(self.people, 1)
        self.setLayout(body)

    def show_hole(self, line: HoleLine) -> None:
        self._hole = line
        at = line.hole.starts
        self.name.setText(f"{line.provider}, {weekday_date(at.date())}, {us_time(at)}")
        self._why.show_state(line.why, "outline")
        self.reload()

    def show_offers(self, offers: dict[int, OfferLine]) -> None:
        self._offers = offers
        self.people.viewport().update()

    def reload(self) -> None:
        if self._hole is not None:
            self.desk.ask(self, self._show_people, waitlist.fits_for, hole=self._hole.hole)
            self.desk.ask(self, self._show_plan, chain_plan.plan_for, hole=self._hole.hole)

    def begin(self) -> None:
        """The first call of the chain."""
        if self._plan is not None and self._plan.steps:
            first = self._plan.steps[0]
            self.offer_wanted.emit(first.entry, first.fit)

    def _show_people(self, people: tuple[HoleFit, ...]) -> None:
        self.model.show(people)
        set_shown(self.people, bool(people))
        set_shown(self.none, not people)
        set_shown(self._people_head, bool(people))

    def _show_plan(self, plan: ChainPlan) -> None:
        self._plan = plan
        self.steps.show(plan.steps)
        is_chain = bool(plan.steps)
        for part in (self.chain, self._chain_head, self.says):
            set_shown(part, is_chain)
        set_shown(self._begin, is_chain and self.desk.may("schedule.book"))
        self.says.setText(plan.says)
        self.chain.setFixedHeight(self.chain.height_of_all() + 2 * self.chain.frameWidth() + theme().px(2))
        self._say_step(plan.steps[0] if plan.steps else None)

    def _say_step(self, step: PlanStep | None) -> None:
        self._say.say("info", f"“{step.say}”" if step is not None else "", icon="message-square-quote")

    def _step_item(self, step: PlanStep) -> Item:
        number = self._plan.steps.index(step) + 1 if self._plan and step in self._plan.steps else 0
        before = tr("call first") if number == 1 else tr("after a yes to call {number}", number=number - 1)
        moves = step.entry.own_starts
        what = (
            tr("takes {time}", time=_brief(step.fit))
            if moves is None
            else tr("moves up to {time}", time=_brief(step.fit))
        )
        frees = (
            (Words(tr("frees {time}", time=f"{moves:%a} {us_time(moves)}"), "text-3", "arrow-right"),)
            if moves is not None
            else ()
        )
        return Item(
            title=step.entry.patient,
            lines=((Words(what), *frees), (Words(step.entry.wish, "text-3"),)),
            lead=str(number),
            trailing=Words(before, "text-3"),
        )

    def _look(self, found: HoleFit) -> Item:
        return fit_item(found, self._offers.get(found.entry.id), self.desk.local_now)

    def _opened(self, found: HoleFit | None) -> None:
        if found is not None:
            self.offer_wanted.emit(found.entry, found.fit)

    def _opened_step(self, step: PlanStep | None) -> None:
        if self._plan is not None and step is not None and step == self._plan.steps[0]:
            self.begin()


def _brief(fit: FitView) -> str:
    at = fit.slot.starts
    return f"{fit.provider}, {at:%a} {us_time(at)}"


def _fit_item(fit: FitView) -> Item:
    at = fit.slot.starts
    note = tr("{place}, needs a reason", place=fit.place) if fit.needs_reason else fit.place
    return Item(
        title=f"{weekday_date(at.date())}, {us_time(at)}",
        lines=((Words(f"{fit.provider} · {note}"),),),
        icon="corner-down-right",
        icon_color="accent-text",
    )


def _notice(minutes: int) -> str:
    if not minutes:
        return ""
    if minutes % 60:
        return tr("Must know {minutes} min before", minutes=minutes)
    return counted(minutes // 60, "Must know {count} hour before", "Must know {count} hours before")
