"""An office that keeps paper charts, and a volume of one."""

from frontdesk.services.records import paper_rule, volumes
from frontdesk.services.records.paper_rule import FilingOrder, Paper
from tests.builders.office import site
from tests.office import Office


def paper(office: Office, order: FilingOrder = FilingOrder.TERMINAL_DIGIT) -> None:
    """The office keeps paper, in this order."""
    site(office)
    before = office.ask(paper_rule.rule)
    if before != Paper(True, order):
        office.do(paper_rule.set_rule, rule=Paper(True, order), before=before)


def volume(office: Office, patient_id: int, home: str = "Bay C, shelf 4, H-0917") -> int:
    """The next volume of a patient's chart, on its shelf."""
    if not office.ask(paper_rule.rule).keeps_paper:
        paper(office)
    return office.do(volumes.open_volume, patient_id=patient_id, home=home).volume_id
