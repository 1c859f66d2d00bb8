"""What some claims say of dates, work, hospital and money outside; their lines' marks; their attachments."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Cents, Choice


class OnsetKind(StrEnum):
    """What the day in box 14 of the CMS-1500 is (005010X222A1 2300 DTP01)."""

    ILLNESS = "431"
    LAST_PERIOD = "484"


class OtherDate(StrEnum):
    """What the day in box 15 is (005010X222A1 2300 DTP01); that of an accident stands with the accident."""

    INITIAL_TREATMENT = "454"
    LAST_SEEN = "304"
    ACUTE = "453"
    XRAY = "455"
    PRESCRIPTION = "471"
    CARE_ASSUMED = "090"
    CARE_RELINQUISHED = "091"
    FIRST_CONTACT = "444"


class Delay(StrEnum):
    """Why a claim is filed late (005010X222A1 2300 CLM20)."""

    ELIGIBILITY_UNKNOWN = "1"
    LITIGATION = "2"
    AUTHORIZATION = "3"
    CERTIFYING_PROVIDER = "4"
    BILLING_FORMS = "5"
    APPLIANCES = "6"
    THIRD_PARTY = "7"
    ELIGIBILITY_DETERMINATION = "8"
    REJECTED_BEFORE = "9"
    PRIOR_APPROVAL = "10"
    OTHER = "11"
    DISASTER = "15"


class Screening(StrEnum):
    """What the screening of a child led to (EPSDT; 005010X222A1 2300 CRC03, box 24H)."""

    REFUSED = "AV"
    IN_TREATMENT = "S2"
    REFERRED = "ST"
    NO_REFERRAL = "NU"


class Assignment(StrEnum):
    """Whether the office takes what the payer allows (005010X222A1 2300 CLM07; box 27)."""

    ACCEPTED = "A"
    LABORATORY = "B"
    """For laboratory tests only."""
    NOT_ACCEPTED = "C"


class Program(StrEnum):
    """A special program that pays (005010X222A1 2300 CLM12)."""

    HANDICAPPED_CHILDREN = "02"
    FEDERAL = "03"
    DISABILITY = "05"
    SECOND_OPINION = "09"


class NoteKind(StrEnum):
    """What a note is (005010X222A1 2300 and 2400 NTE01)."""

    ADDITIONAL = "ADD"
    CERTIFICATION = "CER"
    GOALS = "DCP"
    DIAGNOSIS = "DGN"
    THIRD_PARTY = "TPO"


class SpineCondition(StrEnum):
    """What manipulation of the spine is for (005010X222A1 2300 CR208)."""

    ACUTE = "A"
    CHRONIC = "C"
    NOT_ACUTE = "D"
    NOT_LIFE_THREATENING = "E"
    ROUTINE = "F"
    SYMPTOMATIC = "G"
    ACUTE_AGAIN = "M"


class ReferenceKind(StrEnum):
    """What a number that only some claims name is (005010X222A1 2300 REF01)."""

    SERVICE_EXCEPTION = "4N"
    CROSSOVER = "F5"
    MAMMOGRAPHY = "EW"
    DEVICE = "LX"
    TRIAL = "P4"
    CARE_PLAN = "1J"


class ClaimCircumstances(Versioned):
    """Of a whole claim; each part is empty where it does not apply."""

    __tablename__ = "claim_circumstances"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), unique=True)
    onset_kind: Mapped[OnsetKind] = mapped_column(Choice(OnsetKind), default=OnsetKind.ILLNESS)
    onset_on: Mapped[date | None] = mapped_column(Date)
    other_kind: Mapped[OtherDate | None] = mapped_column(Choice(OtherDate))
    other_on: Mapped[date | None] = mapped_column(Date)
    unable_from: Mapped[date | None] = mapped_column(Date)
    """The first day on which the patient could not do their work."""
    unable_until: Mapped[date | None] = mapped_column(Date)
    last_worked_on: Mapped[date | None] = mapped_column(Date)
    returned_on: Mapped[date | None] = mapped_column(Date)
    admitted_on: Mapped[date | None] = mapped_column(Date)
    discharged_on: Mapped[date | None] = mapped_column(Date)
    condition_codes: Mapped[str] = mapped_column(Text, default="")
    """Two letters or digits each, divided by blanks (NUBC; box 10d)."""
    case_number: Mapped[str] = mapped_column(Text, default="")
    """What a property and casualty insurer calls the case, where the policy does not say it (box 11b)."""
    delay: Mapped[Delay | None] = mapped_column(Choice(Delay))
    screening: Mapped[Screening | None] = mapped_column(Choice(Screening))
    note: Mapped[str] = mapped_column(Text, default="")
    """NTE; box 19."""
    note_kind: Mapped[NoteKind] = mapped_column(Choice(NoteKind), default=NoteKind.ADDITIONAL)
    assignment: Mapped[Assignment] = mapped_column(Choice(Assignment), default=Assignment.ACCEPTED)
    program: Mapped[Program | None] = mapped_column(Choice(Program))
    file_info: Mapped[str] = mapped_column(Text, default="")
    """K3: what a payer or a state asks for that has no place of its own."""
    spine: Mapped[SpineCondition | None] = mapped_column(Choice(SpineCondition))
    outside_name: Mapped[str] = mapped_column(Text, default="")
    """Who did what the office bought (box 20; then box 32 names them)."""
    outside_npi: Mapped[str] = mapped_column(Text, default="")
    outside_street: Mapped[str] = mapped_column(Text, default="")
    outside_city: Mapped[str] = mapped_column(Text, default="")
    outside_state: Mapped[str] = mapped_column(Text, default="")
    outside_zip: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("(other_kind IS NULL) = (other_on IS NULL)", name="other_date_is_of_a_kind"),
        CheckConstraint("unable_until >= unable_from", name="work_ends_after_start"),
        CheckConstraint("discharged_on >= admitted_on", name="leaves_after_coming"),
        CheckConstraint("length(note) <= 80", name="note_fits"),
        CheckConstraint("length(file_info) <= 80", name="file_info_fits"),
    )


class ClaimReference(Versioned):
    """A number that only some claims name, one of a kind."""

    __tablename__ = "claim_reference"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    kind: Mapped[ReferenceKind] = mapped_column(Choice(ReferenceKind))
    number: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("claim_id", "kind"),
        CheckConstraint("length(number) BETWEEN 1 AND 50", name="number_fits"),
    )


class ClaimLineMark(Versioned):
    """Of one line: an emergency, a screening, family planning, or that the office bought it."""

    __tablename__ = "claim_line_mark"

    claim_line_id: Mapped[int] = mapped_column(ForeignKey("claim_line.id"), unique=True)
    is_emergency: Mapped[bool] = mapped_column(default=False)
    is_screening: Mapped[bool] = mapped_column(default=False)
    is_family_planning: Mapped[bool] = mapped_column(default=False)
    bought_cents: Mapped[int | None] = mapped_column(Cents)
    """What the office paid for it outside (005010X222A1 2400 PS102)."""
    minutes: Mapped[int | None]
    """Of anesthesia, in the place of units (SV103 MJ)."""
    description: Mapped[str] = mapped_column(Text, default="")
    """What was done under a code that does not say it (SV101-7)."""
    note: Mapped[str] = mapped_column(Text, default="")
    note_kind: Mapped[NoteKind] = mapped_column(Choice(NoteKind), default=NoteKind.ADDITIONAL)

    __table_args__ = (
        CheckConstraint("bought_cents > 0", name="bought_for_something"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_possible"),
        CheckConstraint("length(description) <= 80 AND length(note) <= 80", name="words_fit"),
        CheckConstraint("note_kind IN ('ADD', 'DCP', 'TPO')", name="note_of_line"),
    )


class Transmission(StrEnum):
    """How an attachment reaches the payer (005010X222A1 PWK02)."""

    MAIL = "BM"
    FAX = "FX"
    ELECTRONIC = "EL"
    EMAIL = "EM"
    FILE = "FT"
    ON_REQUEST = "AA"


class ClaimAttachment(Versioned):
    """A paper that belongs to a claim and reaches the payer apart from it (PWK)."""

    __tablename__ = "claim_attachment"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    claim_line_id: Mapped[int | None] = mapped_column(ForeignKey("claim_line.id"), index=True)
    """None: it is about the whole claim."""
    report: Mapped[str] = mapped_column(Text)
    """PWK01: two letters or digits."""
    transmission: Mapped[Transmission] = mapped_column(Choice(Transmission))
    control_number: Mapped[str] = mapped_column(Text, default="")
    """PWK06: stands on the paper too; none where it waits to be asked for."""
    sent_on: Mapped[date | None] = mapped_column(Date)
    is_taken_off: Mapped[bool] = mapped_column(default=False)
    """Its number is not given to another paper."""

    __table_args__ = (
        CheckConstraint("length(report) = 2", name="report_of_two"),
        CheckConstraint("(transmission = 'AA') = (control_number = '')", name="numbered_where_sent"),
        CheckConstraint("transmission <> 'AA' OR sent_on IS NULL", name="on_request_is_not_sent"),
        Index("ix_claim_attachment_sent_on", "sent_on"),
    )
