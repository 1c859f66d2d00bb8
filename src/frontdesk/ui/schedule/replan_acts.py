"""What is done with the patients of an absence: moved, handed over, told, called off."""

from frontdesk.services.schedule import absence_moves, booking, confirmation, notices, tellings
from frontdesk.services.schedule.affected import State
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.tellings import Telling
from frontdesk.services.schedule.words import CancelledBy, Channel, Confirmation, NoticeKind
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.table import Table
from frontdesk.ui.schedule.replan_panel import ReplanPanel
from frontdesk.ui.schedule.replan_rows import Line, short, spoken_time
from frontdesk.ui.text import counted, tr


class ReplanActs:
    """Carries them out for the page, on the row that is chosen in its table."""

    def __init__(self, page: Page, table: Table[Line], panel: ReplanPanel) -> None:
        self._page, self._table, self._panel = page, table, panel
        self.lines: tuple[Line, ...] = ()
        self.provider = ""
        """Who is out."""
        self.next_id: int | None = None
        """The visit to choose once the list is shown anew."""

    def move_all(self) -> None:
        """All who need a new time and have one; who is here is decided one by one."""
        moving = [line for line in self.lines if line.can_move]
        if not moving:
            self._page.complain(tr("There is nobody to move. Who is here is decided one by one, with Enter."))
            return
        self.next_id = moving[0].visit.id
        many = counted(
            len(moving), "Moved {count} patient to a new time", "Moved {count} patients to new times"
        )
        self._move(moving, many)

    def move_chosen(self) -> None:
        line = self._table.current()
        if line is not None:
            self.move_one(line)

    def move_one(self, line: Line) -> None:
        """To the offered time; who is here is handed over today, or sent home with another time."""
        opening, visit = line.opening, line.visit
        if opening is None:
            return
        if visit.state is not State.HERE:
            self._move([line], tr("Moved {name} to {time}", name=visit.spoken, time=spoken_time(opening)))
            return
        self._page.clear_complaints()
        if opening.starts.date() == self._page.desk.today:
            words = tr("Handed {name} over to {provider}", name=visit.spoken, provider=opening.provider)
            self._page.desk.do(
                self._page,
                lambda _: self._page.told.emit(words),
                absence_moves.hand_over,
                appointment_id=visit.id,
                to=opening.slot,
                reason=self._because(),
                version=visit.version,
            )
        else:
            words = tr("{name} comes {time} instead", name=visit.spoken, time=spoken_time(opening))
            self._page.desk.do(
                self._page,
                lambda _: self._page.told.emit(words),
                absence_moves.send_home,
                appointment_id=visit.id,
                to=opening.slot,
                reason=self._because(),
                version=visit.version,
            )

    def tell(self) -> None:
        """The patient heard it on the telephone."""
        line = self._table.current()
        if line is None or not self._panel.told_button.isVisibleTo(self._panel):
            return
        visit = line.visit
        moved = visit.notice_kind is NoticeKind.NEW_TIME
        self._go_on(line)
        self._page.desk.do(
            self._page,
            lambda _: self._page.told.emit(tr("Told {name}", name=visit.spoken)),
            notices.tell,
            appointment_id=visit.id,
            kind=visit.notice_kind,
            channel=Channel.PHONE,
            said=visit.say,
            promised=visit.starts if moved else None,
        )

    def text_all(self) -> None:
        """The new times by text, to all who take texts and were not reached yet."""
        lines = [line for line in self.lines if line.can_text]
        if not lines:
            self._page.complain(tr("There is nobody to text. Call who does not know the new time yet."))
            return
        words = counted(
            len(lines), "Texted {count} patient the new time", "Texted {count} patients their new times"
        )
        self._page.clear_complaints()
        self._page.desk.do(
            self._page,
            lambda _: self._page.told.emit(words),
            tellings.tell_all,
            tellings=tuple(
                Telling(each.visit.id, each.visit.notice_kind, each.visit.say, each.visit.starts)
                for each in lines
            ),
            channel=Channel.TEXT,
        )

    def leave_message(self) -> None:
        self._called(Confirmation.MESSAGE_LEFT, tr("Left a message for {name}"))

    def no_answer(self) -> None:
        self._called(Confirmation.ATTEMPTED, tr("No answer from {name}"))

    def cancel(self) -> None:
        """Calls the visit off for the provider; undo brings it back."""
        line = self._table.current()
        if line is None or not self._panel.cancel_button.isVisibleTo(self._panel):
            return
        visit = line.visit
        words = tr("Canceled {name}, {time}", name=visit.spoken, time=short(visit.starts))
        self._go_on(line)
        self._page.desk.do(
            self._page,
            lambda _: self._page.told.emit(words),
            booking.cancel,
            appointment_id=visit.id,
            by=CancelledBy.PROVIDER,
            reason=self._because(),
            version=visit.version,
        )

    def _move(self, lines: list[Line], words: str) -> None:
        self._page.clear_complaints()
        self._page.desk.do(
            self._page,
            lambda _: self._page.told.emit(words),
            absence_moves.move_all,
            placements=tuple(
                Placement(line.visit.id, line.opening.slot, line.visit.version)
                for line in lines
                if line.opening is not None
            ),
            reason=self._because(),
        )

    def _called(self, outcome: Confirmation, words: str) -> None:
        line = self._table.current()
        if line is None or not self._panel.message_button.isVisibleTo(self._panel):
            return
        visit = line.visit
        self._go_on(line)
        self._page.desk.do(
            self._page,
            lambda _: self._page.told.emit(words.format(name=visit.spoken)),
            confirmation.record,
            appointment_id=visit.id,
            channel=Channel.PHONE,
            outcome=outcome,
        )

    def _go_on(self, line: Line) -> None:
        """To the next patient about whom the same has to be done; the first again after the last."""
        self._page.clear_complaints()
        same = [each.visit.id for each in self.lines if each.group == line.group]
        place = same.index(line.visit.id)
        others = same[place + 1 :] + same[:place]
        self.next_id = others[0] if others else None

    def _because(self) -> str:
        return tr("{provider} is out", provider=self.provider)
