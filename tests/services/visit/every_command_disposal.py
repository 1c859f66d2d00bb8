"""Retention: every command once, from a rule and a hold to what is destroyed."""

from datetime import date

from frontdesk.models.records.document import RetentionClass
from frontdesk.models.records.retention import Trigger
from frontdesk.services.records import boxes, legal_holds, retention_class, retention_rules, volumes
from frontdesk.services.records.boxes import BoxMoveKind, BoxPlace
from frontdesk.services.records.retention_class import Classed
from frontdesk.services.records.retention_rules import RuleDraft
from frontdesk.services.visit import disposal, disposal_done
from tests.builders.disposal import MARIA, METHOD, decided, old_paper
from tests.builders.paper import volume
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """One run is called off, the next goes all the way."""
    nora = patient(office, "Nora", "Wills", date(1950, 1, 1))
    xray, letter = old_paper(office, nora), old_paper(office, nora, "Old letter")
    office.do(
        retention_rules.write,
        key="",
        edition=0,
        draft=RuleDraft(
            "Claims: eleven years",
            RetentionClass.CLAIM,
            Trigger.DOCUMENT_DATE,
            11,
            "Counsel",
            date(2026, 4, 1),
            "Asked for",
        ),
    )
    office.do(retention_class.classify, documents=(Classed(letter, RetentionClass.CLAIM),))
    hold = office.do(legal_holds.place, patient_id=nora, matter="Audit", document_ids=(xray,))
    office.do(legal_holds.release, hold_id=hold, reason="Closed")
    first = office.do(disposal.collect)
    office.do(disposal.call_off, run_id=first, reason="Too early")
    run_id = office.do(disposal.collect)
    decided(office, run_id, letter)
    office.do(disposal.approve, run_id=run_id)
    office.do(disposal.back_to_review, run_id=run_id)
    office.do(disposal.approve, run_id=run_id)
    office.database.do(MARIA, disposal.approve, run_id=run_id)
    office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    old_paper(office, nora, "Another letter")
    open_run = office.do(disposal.collect)
    decided(office, open_run)
    office.do(legal_holds.place, patient_id=nora, matter="Another audit")
    _boxes(office)


def _boxes(office: Office) -> None:
    ada = patient(office, "Ada", "Wills", date(1950, 1, 1))
    made = volume(office, ada)
    office.do(volumes.close, volume_id=made, closed_on=date(2026, 3, 17))
    barcode = office.ask(volumes.paper_chart, patient_id=ada).volumes[0].barcode
    box = office.do(boxes.new_box, vendor="Iron Vault")
    for act in (boxes.put_in, boxes.take_out, boxes.put_in):
        office.do(act, box_id=box, barcode=barcode)
    office.do(boxes.move, box_id=box, kind=BoxMoveKind.SENT, moved_on=date(2026, 3, 17))
    office.do(boxes.move_back, box_id=box, place=BoxPlace.HERE)
    office.do(boxes.move, box_id=box, kind=BoxMoveKind.SENT, moved_on=date(2026, 3, 17))
