"""A line of another system's file as the desk would have typed it."""

from frontdesk.formats.patient_csv import PatientLine
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.services.registration.drafts import (
    AddressDraft,
    DetailsDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
)
from frontdesk.services.registration.races import races_said


def draft_of(line: PatientLine) -> PatientDraft:
    """A line of the file as the desk would have typed it."""
    numbers = ((line.mobile, PhoneKind.MOBILE), (line.home_phone, PhoneKind.HOME))
    given = any((line.street, line.city, line.state, line.postal_code))
    return PatientDraft(
        identity=IdentityDraft(
            legal_first=line.first,
            legal_middle=line.middle,
            legal_last=line.last,
            suffix=line.suffix,
            preferred_name=line.preferred,
            former_last_name=line.former_last,
            born_on=line.born_on,
            sex=Sex(line.sex) if line.sex in ("female", "male") else Sex.UNKNOWN,
        ),
        details=DetailsDraft(
            language=line.language or "English",
            race=races_said(line.race, line.ethnicity),
            marital_status=line.marital_status,
            email=line.email,
        ),
        phones=tuple(PhoneDraft(number, kind) for number, kind in numbers if number),
        address=AddressDraft(line.street, line.city, line.state, _zip(line.postal_code), line.unit)
        if given
        else None,
    )


def _zip(text: str) -> str:
    if text.isdigit() and len(text) in (8, 9):
        return f"{text.zfill(9)[:5]}-{text.zfill(9)[5:]}"
    # A spreadsheet drops the zero that New England's ZIP codes begin with.
    return text.zfill(5) if text.isdigit() and len(text) in (3, 4) else text
