"""The chart pull list: what a day needs, step by step, with late adds and visits called off."""

from collections.abc import Callable
from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict
from frontdesk.models.records.volume import Place
from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.services.database import Database
from frontdesk.services.records import misfiled, movements, volumes
from frontdesk.services.records.movements import Holder
from frontdesk.services.records.paper_rule import FilingOrder
from frontdesk.services.schedule import booking
from frontdesk.services.visit import flags, pull_list
from frontdesk.services.visit.pull_list import PullLine, PullList, PullState
from tests.builders.merging import merged
from tests.builders.paper import paper, volume
from tests.builders.registration import danielle, patient
from tests.builders.schedule import book, doctor, walter
from tests.office import Office
from tests.refusal import refusal

DAY = date(2026, 3, 18)


def listed(office: Office, provider_id: int | None = None, *, all_volumes: bool = False) -> PullList:
    return office.ask(pull_list.pull_list, day=DAY, provider_id=provider_id, all_volumes=all_volumes)


def line(office: Office, volume_id: int) -> PullLine:
    return next(each for each in listed(office, all_volumes=True).lines if each.volume.volume_id == volume_id)


def step(office: Office, volume_id: int) -> str:
    office.do(pull_list.step, volume_id=volume_id, day=DAY)
    return line(office, volume_id).volume.where


def called_off(office: Office, visit: int) -> None:
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT, reason="Feels better")


def test_the_newest_volume_of_each_patient_in_shelf_order(office: Office) -> None:
    book(office, "9:30", patient_id=danielle(office))
    book(office, "10:00", patient_id=walter(office), provider_id=doctor(office, "Amin"))
    book(office, "11:00", patient_id=patient(office, "Nora", "Quist"))
    assert listed(office) == PullList(DAY, False, FilingOrder.TERMINAL_DIGIT, (), 0, None, "")
    paper(office, FilingOrder.ALPHABETIC)
    old, last = volume(office, walter(office)), volume(office, walter(office))
    hers = volume(office, danielle(office))
    found = listed(office)
    assert [each.volume.volume_id for each in found.lines] == [hers, last]
    assert (found.without_paper, found.printed_at) == (1, None)
    assert {each.state for each in found.lines} == {PullState.NEEDED}
    assert [each.volume.volume_id for each in listed(office, all_volumes=True).lines] == [hers, old, last]
    only = listed(office, provider_id=doctor(office, "Amin"))
    assert [each.volume.volume_id for each in only.lines] == [last]


def test_each_step_and_one_undo(office: Office) -> None:
    book(office, "9:30", patient_id=walter(office))
    book(office, "11:00", patient_id=walter(office), provider_id=doctor(office, "Amin"))
    one = volume(office, walter(office))
    assert len(line(office, one).visits) == 2
    assert step(office, one) == "pulled, not handed over yet"
    assert line(office, one).volume.out_for == "Dr. Lee, 9:30"
    assert step(office, one) == "at Dr. Lee's desk"
    assert line(office, one).state is PullState.WITH_PROVIDER
    handed = office.done(pull_list.step, volume_id=one, day=DAY)
    assert line(office, one).volume.where == "at Dr. Amin's desk"
    office.database.undo(office.actor, handed.entry_id)
    assert line(office, one).volume.where == "at Dr. Lee's desk"
    step(office, one)
    assert step(office, one) == "brought back, to be refiled"
    assert line(office, one).state is PullState.RETURNED
    assert step(office, one) == "on its shelf"
    assert line(office, one).state is PullState.REFILED
    with refusal("This volume is back on its shelf. Nothing is left to do."):
        office.do(pull_list.step, volume_id=one, day=DAY)
    with refusal("This volume is not on the list of that day."):
        office.do(pull_list.step, volume_id=one, day=date(2026, 3, 19))


def test_late_adds_and_visits_called_off(office: Office) -> None:
    first = book(office, "9:30", patient_id=walter(office))
    his = volume(office, walter(office))
    hers = volume(office, danielle(office))
    with refusal("Nothing was printed: no chart is needed on that day."):
        office.do(pull_list.note_print, day=DAY, provider_id=None, volume_ids=())
    office.do(pull_list.note_print, day=DAY, provider_id=None, volume_ids=(his,))
    second = book(office, "10:00")
    assert [(each.volume.volume_id, each.is_late_add) for each in listed(office).lines] in (
        [(his, False), (hers, True)],
        [(hers, True), (his, False)],
    )
    assert step(office, hers) == "pulled, not handed over yet"
    assert not line(office, hers).is_late_add
    called_off(office, first)
    called_off(office, second)
    assert line(office, his).state is line(office, hers).state is PullState.UNNEEDED
    with refusal("The visit was called off. Leave the volume on its shelf."):
        office.do(pull_list.step, volume_id=his, day=DAY)
    assert step(office, hers) == "on its shelf"
    assert listed(office).printed_by == "Dana B."


def test_a_chart_that_is_elsewhere_missing_or_in_a_box(office: Office) -> None:
    book(office, "9:30", patient_id=walter(office))
    one = volume(office, walter(office))
    amin = Holder(Place.DESK, provider_id=doctor(office, "Amin"))
    office.do(movements.check_out, volume_id=one, to=amin, out_for="a letter")
    assert (line(office, one).state, line(office, one).volume.where) == (
        PullState.NEEDED,
        "at Dr. Amin's desk",
    )
    fetched = office.done(pull_list.step, volume_id=one, day=DAY)
    assert line(office, one).volume.out_for == "Dr. Lee, 9:30"
    office.database.undo(office.actor, fetched.entry_id)
    assert (line(office, one).volume.where, line(office, one).volume.out_for) == (
        "at Dr. Amin's desk",
        "a letter",
    )
    office.do(movements.hand_over, volume_id=one, to=Holder(Place.OFF_SITE, words="box 12"))
    with refusal("This volume is off site, box 12. Ask for the box first."):
        office.do(pull_list.step, volume_id=one, day=DAY)
    office.do(movements.report_missing, volume_id=one)
    assert line(office, one).state is PullState.MISSING
    with refusal("This volume is missing. Look through the places of its search (Ctrl+3)."):
        office.do(pull_list.step, volume_id=one, day=DAY)


def test_a_scan_is_one_act(office: Office) -> None:
    book(office, "9:30", patient_id=walter(office))
    one, other = volume(office, walter(office)), volume(office, danielle(office))
    code = line(office, one).volume.barcode

    def scan(barcode: str, to: Holder | None = None) -> str:
        return office.do(pull_list.scan, barcode=barcode, day=DAY, to=to).said

    with refusal("No volume bears this barcode. Scan it again, or type it."):
        scan("HP-0")
    assert scan(f" {code.lower()} ").endswith(": pulled, not handed over yet")
    assert scan(code).endswith(": at Dr. Lee's desk")
    assert scan(code, Holder(Place.PERSON, words="Kim")).endswith(": with Kim")
    assert scan(code).endswith(": brought back, to be refiled")
    assert scan(code).endswith(": on its shelf")
    assert scan(code).endswith(": with Dana B.")  # no longer on the list: whoever scans it has it
    assert scan(code).endswith(": brought back, to be refiled")
    office.do(movements.report_missing, volume_id=other)
    assert [each.volume_id for each in office.ask(pull_list.out_now)] == [one]
    (missing,) = office.ask(misfiled.missing)
    found = office.done(pull_list.scan, barcode=missing.barcode, day=DAY)
    assert found.result.said.endswith(": brought back, to be refiled")
    office.database.undo(office.actor, found.entry_id)


def test_out_now_shows_the_overdue_first(office: Office) -> None:
    one, other = volume(office, walter(office)), volume(office, danielle(office))
    kim = Holder(Place.PERSON, words="Kim")
    office.do(movements.check_out, volume_id=one, to=kim)
    office.do(movements.check_out, volume_id=other, to=kim, for_on=date(2026, 3, 16))
    assert [each.volume_id for each in office.ask(pull_list.out_now)] == [other, one]


def test_a_visit_whose_chart_is_elsewhere_says_so(office: Office) -> None:
    visit = book(office, "9:30", patient_id=walter(office))
    one = volume(office, walter(office))

    def said() -> list[str]:
        (found,) = office.ask(flags.of_visits, appointment_ids=(visit,))
        return [flag.words for flag in found.flags if flag.kind is flags.FlagKind.PAPER]

    assert said() == []
    amin = Holder(Place.DESK, provider_id=doctor(office, "Amin"))
    office.do(movements.check_out, volume_id=one, to=amin)
    assert said() == ["Paper chart at Dr. Amin's desk"]
    office.do(pull_list.step, volume_id=one, day=DAY)
    assert said() == []
    office.do(movements.report_missing, volume_id=one)
    assert said() == ["Paper chart missing"]


def test_a_merge_moves_the_volumes_under_their_own_numbers(office: Office) -> None:
    stays, goes = walter(office), patient(office, "Walt", "Harris", date(1951, 2, 9))
    volume(office, stays)
    other = volume(office, goes)
    merged(office, stays, goes)
    found = office.ask(volumes.paper_chart, patient_id=stays).volumes
    assert {(each.number, each.barcode) for each in found} == {(1, "HP-00001-1"), (1, "HP-00002-1")}
    assert office.do(volumes.open_volume, patient_id=stays, home="Bay C").barcode == "HP-00001-2"
    assert office.ask(volumes.paper_chart, patient_id=goes).volumes == ()
    assert other in {each.volume_id for each in found}


def test_two_desks_step_the_same_volume(office: Office, another: Callable[[], Database]) -> None:
    book(office, "9:30", patient_id=walter(office))
    one = volume(office, walter(office))
    version = line(office, one).volume.version
    second = Office(another(), office.clock)
    second.do(pull_list.step, volume_id=one, day=DAY, version=version)
    with pytest.raises(Conflict) as error:
        office.do(pull_list.step, volume_id=one, day=DAY, version=version)
    assert str(error.value) == (
        "Dana B. moved this volume at 10:42: it is pulled, not handed over yet. Nothing of yours was saved."
    )
