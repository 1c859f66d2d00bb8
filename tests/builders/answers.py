"""Files of answers about claims, as a clearinghouse or payer sends them (TA1, 999, 277CA, 277)."""

import io
from datetime import datetime

from frontdesk.formats.x12.claim_status import ACKNOWLEDGMENT_VERSION
from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.writer import Writer
from frontdesk.services.billing import claim_answers
from frontdesk.services.billing.claim_answers import AnswersTaken
from frontdesk.services.records import content
from tests.office import Office

AT = datetime(2026, 3, 17, 16, 0)


def told(office: Office, *segments: str, kind: str, version: str, group: str) -> AnswersTaken:
    """Take in a file with one message of these segments; a TA1 among them goes into the envelope."""
    out = io.BytesIO()
    writer = Writer(out)
    with writer.interchange(Interchange("TIDE01", "HARBOR", f"{len(office.made):09}", AT)):
        for segment in segments:
            if segment.startswith("TA1"):
                writer.segment(*segment.split("*"))
        inner = [segment for segment in segments if not segment.startswith("TA1")]
        if inner:
            header = Group(group, "TIDE01", "HARBOR", "1", AT, version)
            with writer.group(header), writer.transaction_set(kind, "0001", version):
                for segment in inner:
                    writer.segment(*(_element(part) for part in segment.split("*")))
    seen = content.store_bytes(office.database, out.getvalue(), "answers.txt")
    return office.do(claim_answers.take_in, sha256=seen.sha256)


def _element(text: str) -> str | tuple[str, ...]:
    return tuple(text.split(":")) if ":" in text else text


def syntax(office: Office, *segments: str) -> AnswersTaken:
    """Take in a 999 with these segments."""
    return told(office, *segments, kind="999", version="005010X231A1", group="FA")


def intake(office: Office, *segments: str, file_number: str = "000001") -> AnswersTaken:
    """Take in a 277CA about a file of claims, with these segments of patients."""
    head = (
        "BHT*0085*08*1*20260317*1600*TH",
        "HL*1**20*1",
        "NM1*PR*2*BCBS*****PI*BCBS1",
        "HL*2*1*21*1",
        "NM1*41*2*HARBOR*****46*931234567",
        f"TRN*2*{file_number}",
        "STC*A1:20*20260317*WQ*130",
        "HL*3*2*19*1",
        "NM1*85*2*HARBOR*****XX*1234567893",
    )
    return told(office, *head, *segments, kind="277", version=ACKNOWLEDGMENT_VERSION, group="HN")


def about(number: str, status: str, *, level: int = 4, control: str = "P77") -> tuple[str, ...]:
    """The segments of one claim in a 277CA."""
    return (
        f"HL*{level}*3*PT",
        "NM1*QC*1*CASTILLO*RAYMOND****MI*XQP884120557",
        f"TRN*2*{number}",
        f"STC*{status}*20260317*WQ*130",
        f"REF*1K*{control}",
        "DTP*472*D8*20260317",
    )
