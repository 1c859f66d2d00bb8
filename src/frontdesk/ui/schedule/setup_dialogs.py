"""What a weekly rule, an absence or an end of hours is asked with. Each refusal stands beside its field."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.services.office.rooms import RoomView
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.schedule.templates import BlockDraft, SessionDraft, Weekly
from frontdesk.services.schedule.words import BlockKind, ExceptionKind
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit, TimeEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.schedule import look
from frontdesk.ui.schedule.setup_rules import DAY_NAMES, RHYTHMS, Rule
from frontdesk.ui.text import tr

_KINDS = tuple((kind, look.KEPT_NAME[kind.value]) for kind in BlockKind)


class Ticks(QWidget):
    """Several of a few: weekdays, rooms."""

    def __init__(self, options: tuple[tuple[int, str], ...], ticked: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.boxes = {value: CheckBox(words, checked=value in ticked) for value, words in options}
        self.setLayout(row(*self.boxes.values(), None, gap=10))

    def value(self) -> tuple[int, ...]:
        return tuple(value for value, box in self.boxes.items() if box.isChecked())


class RuleDialog(Dialog):
    """A stretch of the week: on which days, from when to when, since when, how often."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        verb: str,
        today: date,
        then: Callable[["RuleDialog"], object],
        *,
        before: Rule | None = None,
    ) -> None:
        super().__init__(parent, question, width=560)
        self._then = then
        weekly = before.weekly if before else None
        self.before = before
        day = weekly.weekday if weekly else today.weekday()
        self.days = Ticks(tuple((n, tr(name)[:3]) for n, name in enumerate(DAY_NAMES)), (day,))
        self.starts, self.ends = TimeEdit(), TimeEdit()
        self.since, self.until = DateEdit(), DateEdit()
        self.rhythm = Combo[int](tuple((weeks, tr(words)) for weeks, words in RHYTHMS))
        self.starts.set_value(weekly.starts if weekly else time(8))
        self.ends.set_value(weekly.ends if weekly else time(12))
        self.since.set_value(max(today, weekly.effective_from) if weekly else today)
        self.until.set_value(weekly.effective_until if weekly else None)
        self.rhythm.set_value(weekly.every_weeks if weekly else 1)
        self.form = Form()
        if weekly is None:
            self.form.add("weekday", tr("Days"), self.days)
        self.form.add("starts", tr("From"), self.starts, span=6)
        self.form.add("ends", tr("To"), self.ends, span=6)
        self.form.add("effective_from", tr("First day"), self.since, span=4)
        self.form.add("effective_until", tr("Last day, if there is one"), self.until, span=4)
        self.form.add("every_weeks", tr("How often"), self.rhythm, span=4)
        self.add_rows()
        self.body.addWidget(self.form)
        self.add_verb(verb, self._try, kind="primary", closes=False)
        self.add_verb(tr("Keep the week as it is"), keys="Esc")
        self.starts.setFocus()

    def add_rows(self) -> None:
        """What this kind of rule says besides."""

    def weeklies(self, person_id: int) -> tuple[Weekly, ...]:
        """The rule on each chosen day; on its own day where one is changed."""
        starts, ends, since = self.starts.value(), self.ends.value(), self.since.value()
        assert starts is not None, "checked"
        assert ends is not None, "checked"
        assert since is not None, "checked"
        own = self.before.weekly if self.before else None
        days = (own.weekday,) if own else self.days.value()
        return tuple(
            Weekly(person_id, day, starts, ends, since, self.until.value(), self.rhythm.value() or 1)
            for day in days
        )

    def staff_hours(self, staff_id: int) -> tuple[StaffHours, ...]:
        """For a member of staff."""
        return tuple(
            StaffHours(
                staff_id=each.provider_id,
                weekday=each.weekday,
                starts=each.starts,
                ends=each.ends,
                effective_from=each.effective_from,
                effective_until=each.effective_until,
                every_weeks=each.every_weeks,
            )
            for each in self.weeklies(staff_id)
        )

    def _try(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        missing = [
            Finding(tr("Fill this in."), name)
            for name, edit in (
                ("starts", self.starts),
                ("ends", self.ends),
                ("effective_from", self.since),
            )
            if edit.value() is None
        ]
        if missing:
            self.form.show_findings(missing)
        else:
            self._then(self)


class SessionDialog(RuleDialog):
    """Hours of a provider, with their rooms and caps."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        verb: str,
        today: date,
        then: Callable[[RuleDialog], object],
        *,
        rooms: tuple[RoomView, ...],
        before: Rule | None = None,
    ) -> None:
        self._rooms = rooms
        self.most_visits, self.most_new = NumberEdit(most=200), NumberEdit(most=200)
        self.most_over = NumberEdit(most=50)
        had = before.room_names if before else ()
        self.room = Combo[int](((0, tr("None")), *((each.id, each.name) for each in rooms)))
        self.more = Combo[int](((0, tr("None")), *((each.id, each.name) for each in rooms)))
        self.third = Combo[int](((0, tr("None")), *((each.id, each.name) for each in rooms)))
        for combo, name in zip((self.room, self.more, self.third), had, strict=False):
            combo.set_value(next((each.id for each in rooms if each.name == name), 0))
        visits, new, over = before.caps if before else (None, None, 2)
        self.most_visits.set_value(visits)
        self.most_new.set_value(new)
        self.most_over.set_value(over)
        super().__init__(parent, question, verb, today, then, before=before)

    def add_rows(self) -> None:
        self.form.add("room_ids", tr("Room"), self.room, span=4)
        self.form.add("second_room", tr("Second room"), self.more, span=4)
        self.form.add("third_room", tr("Third room"), self.third, span=4)
        self.form.add("most_visits", tr("Visits at most"), self.most_visits, span=4)
        self.form.add("most_new_patients", tr("New patients at most"), self.most_new, span=4)
        self.form.add("most_overbooked", tr("Overbooked at most"), self.most_over, span=4)

    def sessions(self, provider_id: int) -> tuple[SessionDraft, ...]:
        """What was entered, for each chosen day."""
        chosen = (self.room.value(), self.more.value(), self.third.value())
        return tuple(
            SessionDraft(
                weekly=each,
                room_ids=tuple(dict.fromkeys(id for id in chosen if id)),
                most_visits=self.most_visits.value(),
                most_new_patients=self.most_new.value(),
                most_overbooked=self.most_over.value() or 0,
            )
            for each in self.weeklies(provider_id)
        )


class BlockDialog(RuleDialog):
    """Kept time, and when it is given free."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        verb: str,
        today: date,
        then: Callable[[RuleDialog], object],
        *,
        before: Rule | None = None,
    ) -> None:
        self.kind = Combo[BlockKind](tuple((kind, tr(words)) for kind, words in _KINDS))
        self.release = NumberEdit(most=720)
        if before is not None:
            self.kind.set_value(before.kept)
            self.release.set_value(before.release_hours)
        super().__init__(parent, question, verb, today, then, before=before)

    def add_rows(self) -> None:
        self.form.add("kind", tr("Kept for"), self.kind, span=6)
        self.form.add(
            "release_hours",
            tr("Released how many hours before"),
            self.release,
            span=6,
            message=tr("Empty: never. 0: when it begins."),
        )

    def blocks(self, provider_id: int) -> tuple[BlockDraft, ...]:
        """What was entered, for each chosen day."""
        kind, release = self.kind.value() or BlockKind.URGENT, self.release.value()
        return tuple(BlockDraft(each, kind, release) for each in self.weeklies(provider_id))


class ExceptionDialog(Dialog):
    """A stretch in which a provider is away, or works beside the weekly hours."""

    def __init__(
        self, parent: QWidget, name: str, today: date, then: Callable[["ExceptionDialog"], object]
    ) -> None:
        super().__init__(
            parent,
            tr("When is {name}'s week different?", name=name),
            tr("Visits that are booked then stay in the book; those outside the hours are listed."),
            width=520,
        )
        self._then = then
        self.kind = Segmented[ExceptionKind](
            ((ExceptionKind.OUT, tr("Away")), (ExceptionKind.EXTRA, tr("Extra hours"))), says=tr("What")
        )
        self.first, self.first_at = DateEdit(), TimeEdit()
        self.last, self.last_at = DateEdit(), TimeEdit()
        self.reason = TextEdit(hint=tr("Vacation, conference"))
        tomorrow = today + timedelta(1)
        self.first.set_value(tomorrow)
        self.first_at.set_value(time(8))
        self.last.set_value(tomorrow)
        self.last_at.set_value(time(17))
        self.form = Form()
        self.form.add("kind", tr("What"), self.kind)
        self.form.add("starts", tr("From"), self.first, span=6)
        self.form.add("starts_at", tr("At"), self.first_at, span=6)
        self.form.add("ends", tr("Until"), self.last, span=6)
        self.form.add("ends_at", tr("At that time"), self.last_at, span=6)
        self.form.add("reason", tr("Why"), self.reason)
        self.body.addWidget(self.form)
        self.add_verb(tr("Note it"), self._try, kind="primary", closes=False)
        self.add_verb(tr("Keep the week as it is"), keys="Esc")
        self.reason.setFocus()

    def starts(self) -> datetime:
        return _together(self.first, self.first_at)

    def ends(self) -> datetime:
        return _together(self.last, self.last_at)

    def _try(self) -> None:
        self.banner.say("block", "")
        edits: dict[str, DateEdit | TimeEdit] = {
            "starts": self.first,
            "starts_at": self.first_at,
            "ends": self.last,
            "ends_at": self.last_at,
        }
        if not self.form.check():
            return
        missing = [Finding(tr("Fill this in."), name) for name, edit in edits.items() if edit.value() is None]
        if missing:
            self.form.show_findings(missing)
        else:
            self._then(self)


class EndDialog(Dialog):
    """The last day of a weekly rule."""

    def __init__(
        self, parent: QWidget, rule: Rule, today: date, then: Callable[["EndDialog"], object]
    ) -> None:
        super().__init__(parent, tr("Until when does it hold?"), f"{rule.title}, {rule.when}")
        self._then = then
        self.rule = rule
        self.last_day = DateEdit()
        weekly = rule.weekly
        self.last_day.set_value((weekly.effective_until if weekly else None) or today)
        self.form = Form()
        self.form.add(
            "last_day", tr("Last day"), self.last_day, message=tr("Empty: it goes on without an end.")
        )
        self.body.addWidget(self.form)
        self.add_verb(tr("End it then"), self._try, kind="primary", closes=False)
        self.add_verb(tr("Keep it as it is"), keys="Esc")
        self.last_day.setFocus()

    def _try(self) -> None:
        self.banner.say("block", "")
        if self.form.check():
            self._then(self)


def _together(day: DateEdit, at: TimeEdit) -> datetime:
    on, when = day.value(), at.value()
    assert on is not None, "checked"
    assert when is not None, "checked"
    return datetime.combine(on, when)
