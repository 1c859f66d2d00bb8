"""One patient of an absence: how to reach them, what to say, and the times that could be theirs."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_phone, us_time, weekday_date
from frontdesk.services.schedule import new_times
from frontdesk.services.schedule.absence_book import Wish
from frontdesk.services.schedule.affected import AffectedVisit, Phone, State
from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.words import Stage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import IconLine, Section
from frontdesk.ui.schedule.opening_list import OpeningList
from frontdesk.ui.schedule.replan_rows import STANDS, URGENCIES, Line, spoken_time
from frontdesk.ui.text import tr

_SETTLED = (State.REBOOKED, State.CALLED_OFF, State.SEEN)
_TO_TELL = (State.MOVED, State.NO_ANSWER, State.MESSAGE_LEFT)


class ReplanPanel(Panel):
    """Shows a line of the list; picking another opening changes what is offered."""

    picked = Signal(object)
    """The opening that the desk chose instead."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._line: Line | None = None
        self._others: tuple[Opening, ...] = ()
        self._asked_for: tuple[int, int, Wish | None] | None = None
        self._proposed: Opening | None = None
        self.openings: tuple[Opening, ...] = ()
        self._name = EndingLabel("", "section")
        self._urgency = Chip("", "outline")
        self.wish_button = Button(tr("When can they come?"), "ghost", keys="W", height="small")
        self._was = EndingLabel("", "secondary", "text-2")
        self._say = Label("", "body", "text", wrap=True)
        self._phones = Section(tr("Phones"))
        self._caption = Label("", "caption", "text-3", wrap=True)
        self.list = OpeningList()
        self.list.picked.connect(self.pick)
        self.move_button = Button("", "tonal", icon="calendar-check", keys="Enter")
        self.told_button = Button(tr("Told"), keys="T")
        self.message_button = Button(tr("Message left"), keys="M")
        self.no_answer_button = Button(tr("No answer"), keys="N")
        self.cancel_button = Button(tr("Cancel visit"), "danger", keys="Del")
        self._build()

    def show_line(self, line: Line | None) -> None:
        """Another line, or the same one with news."""
        self._line = line
        if line is None:
            return
        visit = line.visit
        icon, color, word = URGENCIES[line.urgency]
        self._name.setText(visit.patient)
        self._urgency.show_state(tr(word), color if color in ("block", "warn") else "outline", icon)
        self._was.setText(
            tr(
                "{reason}  ·  was {day}, {time}",
                reason=visit.reason,
                day=weekday_date(visit.was.date()),
                time=us_time(visit.was),
            )
        )
        self._show_phones(visit.phones)
        self._say.setText(f"“{line.say or visit.say}”")
        settled = visit.state in _SETTLED
        asked_for = (visit.id, visit.version, line.wish)
        if asked_for != self._asked_for:
            self._asked_for, self._others, self._proposed = asked_for, (), None
            if not settled and visit.stage is not Stage.WITH_PROVIDER:
                self.desk.ask(
                    self,
                    self._show_others,
                    new_times.other_times,
                    appointment_id=visit.id,
                    windows=line.wish.windows if line.wish else (),
                )
        self._show_openings()
        self._show_acts(visit, line)

    def pick(self, place: int) -> None:
        """Offer the opening of that number; the first is what all together were proposed."""
        if 0 <= place < len(self.openings):
            self.picked.emit(self.openings[place])

    # -- what is shown ------------------------------------------------------------

    def _show_phones(self, phones: Sequence[Phone]) -> None:
        self._phones.clear()
        for phone in phones:
            may = [phone.kind]
            may += [tr("text OK")] if phone.text_ok else []
            may += [tr("voicemail OK")] if phone.voicemail_ok else []
            icon = "smartphone" if phone.kind == "mobile" else "phone"
            self._phones.add(IconLine(icon, us_phone(phone.number), ", ".join(may), role="strong"))
        if not phones:
            self._phones.add(IconLine("phone-off", tr("No phone on file. Write a letter.")))

    def _show_others(self, found: tuple[Opening, ...]) -> None:
        self._others = found
        self._show_openings()

    def _show_openings(self) -> None:
        line = self._line
        if line is None:
            return
        if line.opening is not None and not line.is_chosen:
            self._proposed = line.opening
        offered = tuple(each for each in (self._proposed, line.opening if line.is_chosen else None) if each)
        openings: dict[tuple[datetime, int], Opening] = {}
        for each in (*offered[:1], *self._others, *offered[1:]):
            openings.setdefault(_place_of(each), each)
        shown = tuple(openings.values())[:6]
        if shown != self.openings:
            self.openings = shown
            self.list.show_openings(shown, self.desk.today)
        picked = None if line.opening is None else _place_of(line.opening)
        place = next((number for number, each in enumerate(shown) if _place_of(each) == picked), -1)
        self.list.show_picked(place)
        settled = line.visit.state in _SETTLED
        set_shown(self.list, bool(shown) and not settled and line.visit.stage is not Stage.WITH_PROVIDER)
        if settled:
            self._caption.setText("")
        elif line.visit.stage is Stage.WITH_PROVIDER:
            self._caption.setText(tr("The visit has begun. Ask the provider who goes on with it."))
        elif line.why_not:
            self._caption.setText(line.why_not)
        elif line.visit.state in STANDS:
            self._caption.setText(tr("Offered, and others"))
        else:
            self._caption.setText(tr("If the new time does not suit"))

    def _show_acts(self, visit: AffectedVisit, line: Line) -> None:
        here = visit.state is State.HERE
        may_move = line.opening is not None and visit.state not in _SETTLED
        if line.opening is not None:
            words = _move_words(
                line.opening, here=here, is_today=line.opening.starts.date() == self.desk.today
            )
            self.move_button.setText(words)
            self.move_button.updateGeometry()
        set_shown(self.move_button, may_move)
        no_time = visit.state is State.TO_REPLAN and line.opening is None and line.is_searched
        set_shown(self.told_button, visit.state in _TO_TELL or no_time)
        set_shown(self.wish_button, visit.state in STANDS and visit.stage is not Stage.WITH_PROVIDER)
        set_shown(self.message_button, visit.state in _TO_TELL)
        set_shown(self.no_answer_button, visit.state in _TO_TELL)
        set_shown(
            self.cancel_button, visit.state not in (*_SETTLED, State.HERE) and visit.stage is Stage.EXPECTED
        )
        set_shown(self._foot, may_move or visit.state not in (*_SETTLED, State.HERE))

    def _build(self) -> None:
        name = row(self._name)
        name.addWidget(self._urgency)
        head = QWidget()
        head.setLayout(column(name, self._was, gap=2, margins=(14, 11, 14, 10)))
        say = Section(tr("Say"))
        say.add(self._say)
        caption = QWidget()
        captioned = row(margins=(14, 6, 8, 4))
        captioned.addWidget(self._caption, 1)
        captioned.addWidget(self.wish_button)
        caption.setLayout(captioned)
        self._foot = Frame(
            "foot",
            column(
                self.move_button,
                row(self.told_button, self.message_button),
                row(self.no_answer_button, self.cancel_button),
                gap=8,
                margins=(14, 10, 14, 10),
            ),
        )
        whole = column(head, self._phones, say, caption, gap=0)
        whole.addWidget(self.list, 1)
        whole.addStretch(0)
        whole.addWidget(self._foot)
        self.setLayout(column(Frame("detail", whole), gap=0))


def _place_of(opening: Opening) -> tuple[datetime, int]:
    return opening.starts, opening.slot.provider_id


def _move_words(opening: Opening, *, here: bool, is_today: bool) -> str:
    if not here:
        return tr("Move to {time}", time=spoken_time(opening))
    if is_today:
        return tr("Hand over to {provider}, {time}", provider=opening.provider, time=us_time(opening.starts))
    return tr("Send home, come {time}", time=spoken_time(opening))
