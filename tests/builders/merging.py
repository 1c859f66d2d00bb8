"""Two charts of one person, and a merge prepared by one and approved by another."""

from dataclasses import replace

from frontdesk.services.visit import merging, unmerging
from frontdesk.services.visit.merge_plan import MergeDraft
from frontdesk.services.visit.merge_since import Chosen
from tests.office import DANA, Office

MARIA = replace(DANA, name="Maria Santos", initials="MS")
SAME = "Showed one driver's license for both"


def prepared(office: Office, stays: int, goes: int, **choices: object) -> int:
    """Dana prepares."""
    draft = MergeDraft(stays, goes, SAME, **choices)  # type: ignore[arg-type] # named as in MergeDraft
    return office.do(merging.prepare, draft=draft)


def approved(office: Office, merge_id: int) -> int:
    """Maria approves; how many rows were moved."""
    office.actor = MARIA
    try:
        version = office.ask(merging.merge, merge_id=merge_id).version
        return office.do(merging.approve, merge_id=merge_id, version=version)
    finally:
        office.actor = DANA


def merged(office: Office, stays: int, goes: int, **choices: object) -> int:
    """The merge of two charts, prepared and approved."""
    merge_id = prepared(office, stays, goes, **choices)
    approved(office, merge_id)
    return merge_id


def apart(office: Office, merge_id: int, *goes: tuple[str, int], are_different: bool = True) -> int:
    """Dana takes them apart."""
    return office.do(
        unmerging.take_apart,
        merge_id=merge_id,
        reason="Two persons after all",
        goes=tuple(Chosen(*each) for each in goes),
        are_different=are_different,
    )
