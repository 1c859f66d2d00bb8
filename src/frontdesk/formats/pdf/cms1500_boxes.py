"""A claim as the boxes of the CMS-1500 say it (NUCC 1500 manual, 02/12; Medicare: Pub. 100-04 ch. 26)."""

from dataclasses import dataclass
from datetime import date

from frontdesk.formats.pdf.cms1500_grid import CARRIER, LINES
from frontdesk.formats.pdf.cms1500_sheet import Piece, Sheet, Unfit
from frontdesk.formats.pdf.cms1500_words import (
    amount,
    city_line,
    count,
    drug,
    long_date,
    name,
    number,
    provider_name,
    short_date,
    street,
    words,
    zip_code,
)
from frontdesk.formats.x12.professional_claim import Claim, Insured, Line, OtherPayer, Provider
from frontdesk.kernel.text import digits

ON_FILE = "SIGNATURE ON FILE"
_LETTERS = "ABCDEFGHIJKL"
_PROGRAMS = {"MB": "medicare", "MC": "medicaid", "CH": "tricare", "VA": "champva"}
_GROUP = ("CI", "BL", "HM")
_RELATIONSHIPS = {"18": "self", "01": "spouse", "19": "child"}
_ACCIDENTS = (("10a", "EM"), ("10b", "AA"), ("10c", "OA"))


@dataclass(frozen=True, slots=True)
class Details:
    """What the form asks for and a file of claims does not."""

    patient_phone: str = ""
    insured_phone: str = ""
    billing_phone: str = ""
    plan: str = ""
    other_plan: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """The forms that a claim takes, six services on each, and what they have no room for."""

    forms: tuple[tuple[Piece, ...], ...]
    unfit: tuple[Unfit, ...]

    @property
    def can_be_printed(self) -> bool:
        """Whether all that does not fit may be cut."""
        return all(unfit.is_cut for unfit in self.unfit)


def filled(claim: Claim, details: Details) -> Filled:
    """The claim box by box; the total stands on the last form, CONTINUED on those before."""
    starts = range(0, max(len(claim.lines), 1), LINES)
    sheets = []
    for start in starts:
        sheet = Sheet()
        _head(sheet, claim)
        _people(sheet, claim, details)
        _other(sheet, claim, details)
        _condition(sheet, claim)
        _diagnoses(sheet, claim)
        for place, line in enumerate(claim.lines[start : start + LINES]):
            _line(sheet, claim, line, place, start + place + 1)
        _foot(sheet, claim, details, is_last=start == starts[-1])
        sheets.append(sheet)
    unfit = {found: None for sheet in sheets for found in sheet.unfit}
    return Filled(tuple(tuple(sheet.pieces) for sheet in sheets), tuple(unfit))


def patient_of(claim: Claim) -> Insured:
    """Who was seen."""
    return claim.patient or claim.policy.subscriber


def paid_before(claim: Claim) -> int:
    """Box 29, in cents: what the patient and the payers before have paid."""
    return claim.patient_paid_cents + sum(other.paid_cents or 0 for other in claim.other_payers)


def _is_medicare(claim: Claim) -> bool:
    return claim.policy.filing_code == "MB"


def _first_payer(claim: Claim) -> OtherPayer | None:
    """Whose insurance Medicare asks for in 4, 7 and 11: the one that pays before it."""
    return next((other for other in claim.other_payers if other.policy.rank < claim.policy.rank), None)


def _head(sheet: Sheet, claim: Claim) -> None:
    policy = claim.policy
    at = policy.payer_address
    lines = [words(policy.payer_name), words(at.street), words(at.unit), city_line(at)]
    for spot, text in zip(CARRIER, (text for text in lines if text), strict=False):
        sheet.put_at("carrier", spot, text)
    program = _PROGRAMS.get(policy.filing_code)
    if program is None:
        program = "group" if policy.filing_code in _GROUP and policy.group_number else "other"
    sheet.tick("1", program)
    sheet.put("1a", number(policy.member_id))


def _people(sheet: Sheet, claim: Claim, details: Details) -> None:
    patient, insured, phone = patient_of(claim), claim.policy.subscriber, details.insured_phone
    sheet.put("2", *name(patient))
    if patient.born_on:
        sheet.put_date("3", long_date(patient.born_on))
    if patient.sex in "MF":
        sheet.tick("3", patient.sex)
    _home(sheet, "5", patient, details.patient_phone)
    first = _first_payer(claim)
    if _is_medicare(claim):
        if first is None:
            return
        insured, phone = first.policy.subscriber, ""
        sheet.tick("6", _RELATIONSHIPS.get(first.relationship, "other"))
    else:
        sheet.tick("6", "self" if claim.patient is None else _RELATIONSHIPS.get(claim.relationship, "other"))
    sheet.put("4", *name(insured))
    _home(sheet, "7", insured, phone)


def _home(sheet: Sheet, box: str, person: Insured, phone: str) -> None:
    at = person.address
    sheet.put(f"{box} street", *street(at))
    sheet.put(f"{box} city", words(at.city))
    sheet.put(f"{box} state", words(at.state))
    sheet.put(f"{box} zip", zip_code(at))
    plain = digits(phone)[-10:]
    if len(plain) == 10:
        sheet.put(f"{box} area", plain[:3])
        sheet.put(f"{box} phone", plain[3:])


def _other(sheet: Sheet, claim: Claim, details: Details) -> None:
    """9 the other insurance, 11 this one; for Medicare 11 is the one that pays before it, or NONE."""
    policy, plan = claim.policy, details.plan
    if _is_medicare(claim):
        first = _first_payer(claim)
        if first is None:
            sheet.put("11", "NONE")
            return
        policy, plan = first.policy, first.policy.payer_name
    elif claim.other_payers:
        other = claim.other_payers[0]
        sheet.put("9", *name(other.policy.subscriber))
        sheet.put("9a", number(other.policy.group_number or other.policy.member_id))
        sheet.put("9d", words(details.other_plan or other.policy.payer_name))
    sheet.put("11", number(policy.group_number or ("" if policy is claim.policy else policy.member_id)))
    if policy.subscriber.born_on:
        sheet.put_date("11a", long_date(policy.subscriber.born_on))
    if policy.subscriber.sex in "MF":
        sheet.tick("11a", policy.subscriber.sex)
    sheet.put("11c", words(plan or policy.payer_name))
    if not _is_medicare(claim):
        sheet.tick("11d", "yes" if claim.other_payers else "no")


def _condition(sheet: Sheet, claim: Claim) -> None:
    for box, code in _ACCIDENTS:
        sheet.tick(box, "yes" if claim.accident == code else "no")
    if claim.accident == "AA":
        sheet.put("10b state", words(claim.accident_state))
    if claim.has_release:
        sheet.put("12", ON_FILE)
    if claim.assigns_benefits:
        sheet.put("13", ON_FILE)
    if claim.onset_on:
        sheet.put_date("14", short_date(claim.onset_on))
        sheet.put("14 qualifier", "431")
    if claim.accident_on:
        sheet.put("15 qualifier", "439")
        sheet.put_date("15", short_date(claim.accident_on))
    _who_sent(sheet, claim)
    sheet.put("19", words(claim.note))
    sheet.tick("20", "no")


def _who_sent(sheet: Sheet, claim: Claim) -> None:
    """17: one provider, in the order referring, ordering, supervising."""
    ordering = {line.ordering: None for line in claim.lines if line.ordering}
    known: list[tuple[str, Provider]] = []
    if claim.referring:
        known.append(("DN", claim.referring))
    known += [("DK", provider) for provider in ordering]
    if claim.supervising:
        known.append(("DQ", claim.supervising))
    if not known:
        return
    qualifier, provider = known[0]
    sheet.put("17 qualifier", qualifier)
    sheet.put("17", provider_name(provider))
    sheet.put("17b", number(provider.npi))
    if len(known) > 1:
        sheet.leave_out(
            "17",
            "Box 17 of the paper form has room for one provider.",
            "The referring provider comes first, then who ordered, then who supervised.",
        )


def _diagnoses(sheet: Sheet, claim: Claim) -> None:
    sheet.put("21 indicator", "0")
    for letter, code in zip(_LETTERS, claim.diagnoses, strict=False):
        spelled = number(code)
        if len(spelled) > 8:
            sheet.refuse(f"21 {letter}", f"Diagnosis {letter} is too long for box 21 of the paper form.")
        else:
            sheet.put(f"21 {letter}", spelled)
    if claim.frequency != "1":
        sheet.put("22", claim.frequency)
        sheet.put("22 reference", number(claim.payer_control_number))
    numbers = [text for text in (claim.authorization, claim.referral, claim.clia) if text]
    if numbers:
        sheet.put("23", number(numbers[0]))
    if len(numbers) > 1:
        sheet.leave_out(
            "23",
            "Box 23 of the paper form has room for one number.",
            "The authorization comes first, then the referral, then the CLIA number.",
        )


def _line(sheet: Sheet, claim: Claim, line: Line, place: int, at: int) -> None:
    for box, on in (("24a", line.served_on), ("24a until", line.served_until or line.served_on)):
        for part, text in zip(("month", "day", "year"), short_date(on), strict=True):
            sheet.put_line(f"{box} {part}", place, at, text)
    sheet.put_line("24b", place, at, line.place_of_service or claim.place_of_service)
    sheet.put_line("24d", place, at, words(line.code))
    for which, modifier in enumerate(line.modifiers[:4], 1):
        sheet.put_line(f"24d modifier {which}", place, at, modifier)
    sheet.put_line("24e", place, at, "".join(_LETTERS[pointer - 1] for pointer in line.pointers))
    dollars, cents = amount(line.charge_cents)
    sheet.put_line("24f dollars", place, at, dollars)
    sheet.put_line("24f cents", place, at, cents)
    sheet.put_line("24g", place, at, count(line.units))
    if line.drug:
        sheet.put_line("24 shaded", place, at, drug(line.drug))
    if claim.rendering:
        sheet.put_line("24j", place, at, number(claim.rendering.npi))


def _foot(sheet: Sheet, claim: Claim, details: Details, *, is_last: bool) -> None:
    sheet.put("25", digits(claim.billing.tax_id) or number(claim.billing.tax_id))
    sheet.tick("25", "ein")
    sheet.put("26", number(claim.number))
    sheet.tick("27", "yes" if claim.accepts_assignment else "no")
    if is_last:
        _totals(sheet, claim)
    else:
        sheet.put("28 continued", "CONTINUED")
    sheet.put("31", ON_FILE)
    if details.signed_on:
        sheet.put("31 date", " ".join(short_date(details.signed_on)))
    billing = claim.billing
    seen_at = claim.facility or billing
    for box, name_of, at, npi in (
        ("32", seen_at.name, seen_at.address, seen_at.npi),
        ("33", billing.name, billing.address, billing.npi),
    ):
        sheet.put(f"{box} name", words(name_of))
        sheet.put(f"{box} street", *street(at))
        sheet.put(f"{box} city", city_line(at))
        sheet.put(f"{box}a", number(npi))
    plain = digits(details.billing_phone)[-10:]
    if len(plain) == 10:
        sheet.put("33 area", plain[:3])
        sheet.put("33 phone", plain[3:])


def _totals(sheet: Sheet, claim: Claim) -> None:
    paid = paid_before(claim)
    if paid < 0:
        sheet.refuse("29", "The payers before took back more than was paid: box 29 cannot say that.")
        paid = 0
    for box, cents in (("28", claim.charge_cents), ("29", paid)):
        dollars, rest = amount(cents)
        sheet.put(f"{box} dollars", dollars)
        sheet.put(f"{box} cents", rest)
