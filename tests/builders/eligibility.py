"""Questions to payers and their answers, as files."""

from collections.abc import Callable
from datetime import date, datetime

from frontdesk.formats.x12.eligibility import Inquiry
from frontdesk.services.records import content
from frontdesk.services.visit import eligibility_asking, eligibility_intake
from frontdesk.services.visit.eligibility_asking import Question
from frontdesk.services.visit.eligibility_intake import TakenIn
from tests.builders.eligibility_payer import Said, answered
from tests.builders.schedule import TODAY
from tests.office import Office

_AT = datetime(2026, 3, 17, 11, 0)


def asked(office: Office, *coverage_ids: int, service_on: date = TODAY) -> str:
    """The text of the file that asks about these coverages."""
    questions = tuple(Question(id, service_on) for id in coverage_ids)
    (batch_id,) = office.do(eligibility_asking.ask, questions=questions).batch_ids
    return office.ask(eligibility_asking.file_of, batch_id=batch_id).text


def reply(question: str, says: Callable[[Inquiry], Said] | Said, *, number: int = 1) -> bytes:
    """What the payer sends back; the same for everybody, or by question."""
    said = says if callable(says) else lambda _: says
    return answered(question, said, at=_AT, number=number)


def read(office: Office, data: bytes) -> TakenIn:
    """The file is kept and read."""
    seen = content.store_bytes(office.database, data, "answers.txt")
    return office.do(eligibility_intake.take_in, sha256=seen.sha256)
