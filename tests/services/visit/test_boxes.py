"""Boxes off site: packed by barcode, sent, recalled; due when the strictest of what is in them is."""

from datetime import date

from frontdesk.services.records import boxes, legal_holds, volumes
from frontdesk.services.records.boxes import BoxMoveKind, BoxPlace
from frontdesk.services.records.filing import Category
from frontdesk.services.records.whereabouts import Volume
from frontdesk.services.visit import box_list, disposal_done
from frontdesk.services.visit.box_list import BoxLine
from tests.builders.disposal import approved
from tests.builders.paper import volume
from tests.builders.records import text_of
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal
from tests.services.registration.test_constraints import around

TODAY = date(2026, 3, 17)


def _volume(office: Office, name: str, until: date | None) -> Volume:
    """A volume of an old chart, closed where a last day is named."""
    person = patient(office, "Ada", name, date(1950, 1, 9))
    made = volume(office, person)
    if until is not None:
        part = volumes.Part(Category.VISIT_NOTE, date(2003, 1, 7), until)
        office.do(volumes.set_parts, volume_id=made, parts=(part,), before=())
        office.do(volumes.close, volume_id=made, closed_on=TODAY)
    return office.ask(volumes.paper_chart, patient_id=person).volumes[0]


def _box(office: Office) -> BoxLine:
    return office.ask(box_list.boxes)[0]


def test_a_box_from_its_packing_to_the_shredder(office: Office) -> None:
    early, late = _volume(office, "Quill", date(2009, 5, 2)), _volume(office, "Reyes", date(2013, 8, 1))
    with refusal("Write who keeps the box off site."):
        office.do(boxes.new_box, vendor=" ")
    box = office.do(boxes.new_box, vendor="Iron Vault", location="Bay 12")
    with refusal("Box B-0001 is empty. Put volumes into it first."):
        office.do(boxes.move, box_id=box, kind=BoxMoveKind.SENT, moved_on=TODAY)
    with refusal("No volume has this barcode. Scan the label again."):
        office.do(boxes.put_in, box_id=box, barcode="X")
    with refusal("Papers still go into this volume. Close it first."):
        office.do(boxes.put_in, box_id=box, barcode=_volume(office, "Bell", None).barcode)
    for each in (early, late):
        office.do(boxes.put_in, box_id=box, barcode=each.barcode.lower())
    with refusal("This volume is in box B-0001. Take it out there first."):
        office.do(boxes.put_in, box_id=box, barcode=early.barcode)
    shown = office.ask(volumes.paper_chart, patient_id=early.patient_id).volumes[0]
    assert shown.where == "off site, box B-0001, Iron Vault"
    assert (_box(office).due_on, len(_box(office).volumes)) == (date(2023, 8, 1), 2)
    label = text_of(office.ask(box_list.label, box_id=box))
    assert "B-0001" in label
    assert "Destroy not before: 08/01/2023" in label
    assert "Quill" not in label
    office.do(boxes.take_out, box_id=box, barcode=late.barcode)
    with refusal("This volume is not in the box."):
        office.do(boxes.take_out, box_id=box, barcode=late.barcode)
    with refusal("03/18/2026 is still to come."):
        office.do(boxes.move, box_id=box, kind=BoxMoveKind.SENT, moved_on=date(2026, 3, 18))
    with refusal("A box is sent, recalled, or comes back."):
        office.do(boxes.move, box_id=box, kind=BoxMoveKind.DESTROYED, moved_on=TODAY)
    office.do(boxes.move, box_id=box, kind=BoxMoveKind.SENT, moved_on=TODAY, note="Pick-up 88")
    with refusal("Box B-0001 is off site. Look at it again."):
        office.do(boxes.move, box_id=box, kind=BoxMoveKind.SENT, moved_on=TODAY)
    with refusal("Box B-0001 is off site. Have it here first."):
        office.do(boxes.put_in, box_id=box, barcode=late.barcode)
    hold = office.do(legal_holds.place, patient_id=early.patient_id, matter="Audit")
    assert _box(office).due_on is None
    assert _box(office).volumes[0].hold == "H-0001, Audit"
    office.do(legal_holds.release, hold_id=hold, reason="Closed")

    run_id = approved(office)
    office.do(disposal_done.carry_out, run_id=run_id, method="Shredded", vendor="Iron Vault")

    gone = _box(office)
    assert (gone.place, gone.volumes) == (BoxPlace.DESTROYED, ())
    assert [move.kind for move in gone.moves] == ["destroyed", "sent", "packed"]
    with refusal("Box B-0001 is destroyed. Its entry stays as it is."):
        office.do(boxes.move_back, box_id=box, place=BoxPlace.HERE)
    around(office, "DELETE FROM box_move")
