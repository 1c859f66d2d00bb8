"""Paper charts: volumes, their shelf order, their moves and their log."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.records.volume import MoveKind, Place
from frontdesk.services.database import Database
from frontdesk.services.records import chart_labels, misfiled, movements, paper_rule, volumes
from frontdesk.services.records.chart_labels import Stock
from frontdesk.services.records.filing import Category
from frontdesk.services.records.filing_order import shelf_key, transposed
from frontdesk.services.records.movements import Holder
from frontdesk.services.records.paper_rule import FilingOrder, Paper
from frontdesk.services.records.volumes import Part
from frontdesk.services.records.whereabouts import Volume
from tests.builders.office import provider, room
from tests.builders.paper import paper, volume
from tests.builders.records import filed, text_of
from tests.builders.registration import patient
from tests.office import Office

TODAY = date(2026, 3, 17)


def harris(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


def seen(office: Office, patient_id: int) -> Volume:
    return office.ask(volumes.paper_chart, patient_id=patient_id).volumes[0]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as error:
        act()
    return str(error.value)


def test_the_orders_of_the_shelves() -> None:
    numbers = ["HP-09177", "HP-10278", "HP-09277", "HP-120177"]

    def sorted_by(order: FilingOrder) -> list[str]:
        return sorted(numbers, key=lambda number: shelf_key(order, number, 1))

    assert sorted_by(FilingOrder.TERMINAL_DIGIT) == ["HP-120177", "HP-09177", "HP-09277", "HP-10278"]
    assert sorted_by(FilingOrder.MIDDLE_DIGIT) == ["HP-120177", "HP-10278", "HP-09177", "HP-09277"]
    assert sorted_by(FilingOrder.STRAIGHT) == ["HP-09177", "HP-09277", "HP-10278", "HP-120177"]
    key = [shelf_key(FilingOrder.ALPHABETIC, "HP-1", 1, last, "A") for last in ("Núñez", "nunez", "Oak")]
    assert key[0] == key[1] < key[2]
    assert list(transposed("HP-09177")) == ["HP-90177", "HP-01977", "HP-09717"]


@given(st.lists(st.integers(1, 9_999_999), min_size=2, max_size=8, unique=True), st.sampled_from(FilingOrder))
def test_no_two_folders_share_a_place(numbers: list[int], order: FilingOrder) -> None:
    keys = {shelf_key(order, f"HP-{number:05d}", volume) for number in numbers for volume in (1, 2)}
    assert len(keys) == 2 * len(numbers)


def test_a_volume_is_opened_with_its_shelf_and_barcode(office: Office) -> None:
    walter = harris(office)
    assert refused(lambda: office.do(volumes.open_volume, patient_id=walter, home="Bay A")) == (
        "This office keeps no paper charts. Switch them on in the set-up first."
    )
    paper(office)
    assert refused(
        lambda: office.do(
            volumes.open_volume, patient_id=walter, home=" ", opened_on=TODAY + timedelta(days=1)
        )
    ) == ("Say where it stands: bay, shelf and place. A volume is opened today or before.")
    made = office.done(volumes.open_volume, patient_id=walter, home="Bay C, shelf 4, H-0917")
    first = seen(office, walter)
    assert (first.number, first.where, first.barcode) == (1, "on its shelf", f"{first.filed_as}-1")
    assert refused(
        lambda: office.do(volumes.open_volume, patient_id=walter, home="Bay C", barcode=first.barcode.lower())
    ) == ("Another volume bears this barcode. Scan it to see which.")
    second = office.do(volumes.open_volume, patient_id=walter, home="Bay C, shelf 5").volume_id
    assert [each.number for each in office.ask(volumes.paper_chart, patient_id=walter).volumes] == [2, 1]
    neighbor = patient(office, "June", "Harris")
    assert office.ask(volumes.paper_chart, patient_id=neighbor).home == "Bay C, shelf 5"
    office.do(movements.report_missing, volume_id=second)
    assert refused(lambda: office.do(volumes.forget, volume_id=second)) == (
        "This volume has been moved since. Close it instead."
    )
    office.database.undo(office.actor, made.entry_id)
    assert [each.number for each in office.ask(volumes.paper_chart, patient_id=walter).volumes] == [2]
    office.do(paper_rule.set_rule, rule=paper_rule.NONE, before=office.ask(paper_rule.rule))
    assert office.ask(volumes.paper_chart, patient_id=walter) == volumes.PaperChart(False, (), "")
    with pytest.raises(Conflict, match="Another desk changed this rule"):
        office.do(paper_rule.set_rule, rule=paper_rule.NONE, before=Paper(True, FilingOrder.TERMINAL_DIGIT))


def test_closed_reopened_and_moved_to_another_shelf(office: Office) -> None:
    walter = harris(office)
    one = volume(office, walter)
    version = seen(office, walter).version
    assert refused(lambda: office.do(volumes.close, volume_id=one, closed_on=date(2027, 1, 1))) == (
        "A volume is closed after it was opened, today at the latest."
    )
    assert refused(lambda: office.do(volumes.reopen, volume_id=one)) == "This volume is open."
    office.do(volumes.close, volume_id=one, closed_on=TODAY)
    assert refused(lambda: office.do(volumes.close, volume_id=one, closed_on=TODAY)) == (
        "This volume is closed already."
    )
    assert refused(lambda: office.do(volumes.rehome, volume_id=one, home="")) == (
        "Say where it stands: bay, shelf and place."
    )
    assert office.do(volumes.rehome, volume_id=one, home="Bay A, shelf 1") == "Bay C, shelf 4, H-0917"
    with pytest.raises(Conflict) as error:
        office.do(volumes.rehome, volume_id=one, home="Bay B", version=version)
    assert str(error.value) == (
        "Another desk changed this volume: it is on its shelf now. Nothing of yours was saved."
    )


def test_what_is_on_paper_and_what_is_electronic(office: Office) -> None:
    walter = harris(office)
    one = volume(office, walter)
    notes = Part(Category.VISIT_NOTE, date(2014, 9, 15), date(2019, 6, 30), scanned_on=date(2020, 1, 8))
    office.do(volumes.set_parts, volume_id=one, parts=(notes,), before=())
    filed(office, walter, "Cough", category=Category.VISIT_NOTE, on=date(2025, 10, 1))
    filed(office, walter, "A1c", category=Category.LAB_RESULT, on=date(2025, 2, 11))
    note, lab = office.ask(volumes.hybrid_index, patient_id=walter)
    assert (note.on_paper, note.documents, note.first_on) == (((1, notes),), 1, date(2025, 10, 1))
    assert (lab.category, lab.on_paper) == (Category.LAB_RESULT, ())
    wrong = Part(Category.LETTER, date(2020, 1, 2), date(2020, 1, 1), scanned_on=date(2030, 1, 1))
    assert refused(lambda: office.do(volumes.set_parts, volume_id=one, parts=(wrong,), before=(notes,))) == (
        "The last paper is not older than the first. A date of the index lies ahead. Check it."
    )
    with pytest.raises(Conflict, match="Another desk changed what stands in this volume"):
        office.do(volumes.set_parts, volume_id=one, parts=(), before=())


def test_out_from_hand_to_hand_back_and_refiled(office: Office) -> None:
    walter, lee, three = harris(office), provider(office), room(office, "Room 3")
    one = volume(office, walter)
    desk = Holder(Place.DESK, provider_id=lee)
    office.do(movements.check_out, volume_id=one, to=desk, out_for="Dr. Lee, 11:15", for_on=TODAY)
    out = seen(office, walter)
    assert (out.where, out.pulled_words) == (
        "at Dr. Lee's desk",
        "Pulled 10:42 by Dana B. for Dr. Lee, 11:15",
    )
    where = "This volume is at Dr. Lee's desk."
    assert refused(lambda: office.do(movements.check_out, volume_id=one, to=desk)) == (
        f"{where} Hand it over, or have it brought back first."
    )
    assert refused(lambda: office.do(movements.hand_over, volume_id=one, to=desk)) == (
        f"{where} Choose somebody else."
    )
    assert (
        refused(lambda: office.do(movements.found, volume_id=one, note="x")) == f"{where} It is not missing."
    )
    for place, sentence in (
        (Place.SHELF, "Choose who takes the volume."),
        (Place.DESK, "Choose the provider whose desk it goes to."),
        (Place.ROOM, "Choose the room."),
        (Place.PERSON, "Say who takes it."),
        (Place.OFF_SITE, "Say which box it goes into."),
    ):
        nobody = Holder(place)
        assert refused(lambda to=nobody: office.do(movements.hand_over, volume_id=one, to=to)) == sentence  # type: ignore[misc]
    office.do(movements.hand_over, volume_id=one, to=Holder(Place.ROOM, room_id=three))
    office.do(movements.hand_over, volume_id=one, to=Holder(Place.PERSON, words="Kim from billing"))
    assert seen(office, walter).where == "with Kim from billing"
    returned = office.done(movements.bring_back, volume_id=one)
    assert refused(lambda: office.do(movements.bring_back, volume_id=one)) == (
        "This volume is brought back, to be refiled. There is nothing to return."
    )
    office.do(movements.refile, volume_id=one)
    assert refused(lambda: office.do(movements.refile, volume_id=one)) == (
        "This volume is on its shelf. Nothing is to be done."
    )
    assert refused(lambda: office.do(movements.hand_over, volume_id=one, to=desk)) == (
        "This volume is on its shelf. Check it out first."
    )
    assert refused(
        lambda: office.do(movements.check_out, volume_id=one, to=desk, due_on=date(2026, 3, 1))
    ) == ("It is due back today or later.")
    assert [each.kind for each in office.ask(movements.log, volume_id=one)] == [
        MoveKind.REFILED,
        MoveKind.RETURNED,
        MoveKind.HANDED_OVER,
        MoveKind.HANDED_OVER,
        MoveKind.CHECKED_OUT,
    ]
    with pytest.raises(Refused) as error:
        office.database.undo(office.actor, returned.entry_id)
    assert str(error.value).endswith("This move can no longer be taken back.")
    with (
        pytest.raises(DBAPIError, match="append_only_volume_move"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(text("UPDATE volume_move SET note = 'x'"))


def test_missing_found_and_each_move_taken_back(office: Office) -> None:
    walter, lee = harris(office), provider(office)
    one = volume(office, walter)
    moves = [
        office.done(movements.check_out, volume_id=one, to=Holder(Place.DESK, provider_id=lee), for_on=TODAY),
        office.done(movements.report_missing, volume_id=one, note="Not on the desk"),
    ]
    assert refused(lambda: office.do(movements.report_missing, volume_id=one)) == (
        "This volume is known to be missing. Look through the places on its list."
    )
    assert refused(lambda: office.do(movements.refile, volume_id=one)) == (
        "This volume is missing. Say first that it was found."
    )
    assert refused(lambda: office.do(movements.found, volume_id=one, note="")) == (
        "Say where it was: the next search begins there."
    )
    moves += [
        office.done(movements.found, volume_id=one, note="Behind HP-09717"),
        office.done(movements.refile, volume_id=one),
    ]
    before = ["on its shelf", "at Dr. Lee's desk", "missing", "brought back, to be refiled"]
    while moves:
        office.database.undo(office.actor, moves.pop().entry_id)
        assert seen(office, walter).where == before[len(moves)]
    log = office.ask(movements.log, volume_id=one)
    assert len(log) == 8
    other = volume(office, walter)
    assert refused(lambda: office.do(movements.move_back, volume_id=other, move_id=log[0].move_id)) == (
        "This move is of another volume."
    )


def test_two_desks_move_the_same_volume(office: Office, another: Callable[[], Database]) -> None:
    walter, lee = harris(office), provider(office)
    one = volume(office, walter)
    version = seen(office, walter).version
    second = Office(another(), office.clock)
    second.do(movements.check_out, volume_id=one, to=Holder(Place.DESK, provider_id=lee), version=version)
    with pytest.raises(Conflict) as error:
        office.do(movements.check_out, volume_id=one, to=Holder(Place.PULLED), version=version)
    assert str(error.value) == (
        "Dana B. moved this volume at 10:42: it is at Dr. Lee's desk. Nothing of yours was saved."
    )


def test_labels_and_slips_with_their_note_in_the_log(office: Office) -> None:
    walter, lee = harris(office), provider(office)
    one = volume(office, walter)
    sheet = office.ask(chart_labels.labels_pdf, volume_ids=(one,), stock=Stock.FOLDER, start=10)
    assert "Harris, Walter" in text_of(sheet)
    assert "Bay C, shelf 4, H-0917" in text_of(sheet)
    assert (
        refused(lambda: office.ask(chart_labels.labels_pdf, volume_ids=(one,), stock=Stock.FOLDER, start=11))
        == "A sheet has the labels 1 to 10."
    )
    assert refused(lambda: office.ask(chart_labels.out_slips_pdf, volume_ids=(one,))) == (
        "This volume is on its shelf: nothing stands in its place."
    )
    office.do(movements.check_out, volume_id=one, to=Holder(Place.DESK, provider_id=lee), out_for="a letter")
    assert "At Dr. Lee's desk" in text_of(office.ask(chart_labels.out_slips_pdf, volume_ids=(one,)))
    assert refused(lambda: office.do(chart_labels.note_labels, volume_ids=())) == "Nothing was printed."


def test_where_to_look_for_a_missing_volume(office: Office) -> None:
    """Beside it, at its last holders, under a number read wrong, refiled the same day, of like names."""
    paper(office, FilingOrder.STRAIGHT)
    names = [
        ("Walter", "Harris"),
        ("June", "Oak"),
        ("Walt", "Haris"),
        *(("Al", f"Ash{chr(97 + n)}") for n in range(10)),
    ]
    volumes_of = [volume(office, patient(office, *name), f"Bay A, shelf {n}") for n, name in enumerate(names)]
    lost, beside, alike, *_, thirteenth = volumes_of
    desk = Holder(Place.DESK, provider_id=provider(office))
    for each in (thirteenth, lost):
        office.do(movements.check_out, volume_id=each, to=desk)
        office.do(movements.refile, volume_id=each)
    assert refused(lambda: office.ask(misfiled.search, volume_id=lost)) == (
        "This volume is not missing. Nothing is to be searched."
    )
    assert refused(lambda: office.do(misfiled.looked, volume_id=lost, spot="home")) == (
        "This volume is not missing. Nothing is to be searched."
    )
    office.do(movements.report_missing, volume_id=lost, note="Not on its shelf")
    found = office.ask(misfiled.search, volume_id=lost)
    names_of = [spot.name for spot in found.spots]
    assert names_of[:2] == ["home", f"beside:{beside}"]
    assert "At Dr. Lee's desk" in [spot.where for spot in found.spots]
    assert f"same_day:{thirteenth}" in names_of
    assert f"beside:{alike}" in names_of
    office.do(misfiled.looked, volume_id=lost, spot="home")
    assert refused(lambda: office.do(misfiled.looked, volume_id=lost, spot="home")) == (
        "Somebody has looked there already."
    )
    assert office.ask(misfiled.search, volume_id=lost).looked == 1
    office.do(misfiled.not_looked, volume_id=lost, spot="home")
    assert refused(lambda: office.do(misfiled.not_looked, volume_id=lost, spot="home")) == (
        "Nobody has looked there yet."
    )


def test_a_number_read_wrong_and_a_name_that_sounds_alike(office: Office) -> None:
    paper(office)
    wanted = [
        patient(office, "Walter", "Harris"),
        *(patient(office, "Al", f"Ash{chr(97 + n)}") for n in range(19)),
    ]
    twin = patient(office, "Walter", "Hariss")
    lost = volume(office, wanted[11])  # HP-00012
    slip = volume(office, twin)  # HP-00021
    sounding = volume(office, wanted[0])
    office.do(movements.report_missing, volume_id=lost)
    spots = {spot.name: spot.why for spot in office.ask(misfiled.search, volume_id=lost).spots}
    near = {name for name in spots if name.endswith(str(slip))}
    assert near
    office.do(movements.report_missing, volume_id=sounding)
    found = office.ask(misfiled.search, volume_id=sounding).spots
    assert any(str(slip) in spot.name for spot in found)
