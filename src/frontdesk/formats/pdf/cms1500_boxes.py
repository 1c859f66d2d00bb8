"""A claim as the boxes of the CMS-1500 say it (NUCC 1500 manual, 02/12; Medicare: Pub. 100-04 ch. 26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdesk.formats.pdf.cms1500_grid import CARRIER, LINES, SPOTS
from frontdesk.formats.pdf.cms1500_sheet import Piece, Sheet, Unfit
from frontdesk.formats.pdf.cms1500_words import (
    amount,
    attachment,
    city_line,
    count,
    drug,
    long_date,
    name,
    number,
    provider_name,
    short_date,
    street,
    two_lines,
    unlisted,
    words,
    zip_code,
)
from frontdesk.formats.x12.professional_claim import (
    RANKS,
    Claim,
    Facility,
    Insured,
    Line,
    OtherPayer,
    Provider,
)
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
    own = RANKS.index(claim.policy.rank)
    return next((other for other in claim.other_payers if RANKS.index(other.policy.rank) < own), None)


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
    if claim.case_number:
        sheet.put("11b qualifier", "Y4")
        sheet.put("11b", number(claim.case_number))
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
    sheet.put("10d", "   ".join(words(code) for code in claim.condition_codes))
    _dates(sheet, claim)
    _who_sent(sheet, claim)
    _more(sheet, claim)
    _bought(sheet, claim)


def _dates(sheet: Sheet, claim: Claim) -> None:
    """14 to 18. Medicare takes the initial treatment in 14 and no qualifiers (Pub. 100-04 ch. 26, 10.4)."""
    onset, other, kind = claim.onset_on, claim.other_on, claim.other_kind
    if _is_medicare(claim):
        onset = other if other and kind == "454" else onset
        other, kind = None, ""
    if onset:
        sheet.put_date("14", short_date(onset))
        if not _is_medicare(claim):
            sheet.put("14 qualifier", claim.onset_kind)
    if claim.accident_on and not _is_medicare(claim):
        if other:
            sheet.leave_out(
                "15",
                "Box 15 of the paper form has room for one date.",
                "The accident's comes first.",
            )
        other, kind = claim.accident_on, "439"
    if other:
        sheet.put("15 qualifier", kind)
        sheet.put_date("15", short_date(other))
    for box, on in (
        ("16 from", claim.unable_from),
        ("16 to", claim.unable_until),
        ("18 from", claim.admitted_on),
        ("18 to", claim.discharged_on),
    ):
        if on:
            sheet.put_date(box, short_date(on))


def _more(sheet: Sheet, claim: Claim) -> None:
    """19: the note, the trial's number, then each attachment, three blanks between them."""
    papers = (*claim.attachments, *(one for line in claim.lines for one in line.attachments))
    widths = SPOTS["19 first"].width, SPOTS["19"].width
    trial = [f"CT{number(each.number)}" for each in claim.references if each.qualifier == "P4"]
    note = "   ".join(part for part in (words(claim.note), *trial) if part)
    first, second = two_lines("   ".join([note] * bool(note) + [attachment(one) for one in papers]), *widths)
    if papers and len(second) > widths[1]:
        sheet.refuse(
            "19",
            "Box 19 of the paper form has no room for the numbers of all attachments.",
            "Shorten the note, or send the claim as a file.",
        )
        first, second = two_lines(note, *widths)
    sheet.put("19 first", first)
    sheet.put("19", second)


def _bought(sheet: Sheet, claim: Claim) -> None:
    """20: what was bought of another; 32 says of whom. One such service a form."""
    prices = [line.bought_cents for line in claim.lines if line.bought_cents is not None]
    sheet.tick("20", "yes" if prices else "no")
    if not prices:
        return
    dollars, cents = amount(sum(prices))
    sheet.put("20 dollars", dollars)
    sheet.put("20 cents", cents)
    if len(prices) > 1:
        sheet.refuse(
            "20",
            "Box 20 of the paper form has room for one service that was bought outside.",
            "Put each on a claim of its own, or send the claim as a file.",
        )


def _who_sent(sheet: Sheet, claim: Claim) -> None:
    """17: one provider, in the order referring, ordering, supervising; of the claim, then of its lines."""
    named: tuple[tuple[str, Iterable[Provider | None]], ...] = (
        ("DN", (claim.referring, *(line.referring for line in claim.lines))),
        ("DK", (line.ordering for line in claim.lines)),
        ("DQ", (claim.supervising, *(line.supervising for line in claim.lines))),
    )
    known = [(role, each) for role, some in named for each in dict.fromkeys(some) if each]
    if claim.primary_care or any(line.primary_care for line in claim.lines):
        sheet.leave_out(
            "17",
            "Box 17 of the paper form does not know the primary care provider.",
            "It goes in a file only.",
        )
    if not known:
        return
    qualifier, provider = known[0]
    sheet.put("17 qualifier", qualifier)
    sheet.put("17", provider_name(provider))
    for other in provider.other_ids[:1]:
        sheet.put("17a qualifier", other.qualifier)
        sheet.put("17a", number(other.number))
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
    named = {each.qualifier: each.number for each in claim.references}
    first = claim.authorization, claim.referral, named.get("EW"), claim.clia
    numbers = [text for text in (*first, named.get("LX"), named.get("1J")) if text]
    if numbers:
        sheet.put("23", number(numbers[0]))
    if len(numbers) > 1:
        sheet.leave_out(
            "23",
            "Box 23 of the paper form has room for one number.",
            "The authorization comes first, then the referral, then the certificate, then the others.",
        )


def _line(sheet: Sheet, claim: Claim, line: Line, place: int, at: int) -> None:
    for box, on in (("24a", line.served_on), ("24a until", line.served_until or line.served_on)):
        for part, text in zip(("month", "day", "year"), short_date(on), strict=True):
            sheet.put_line(f"{box} {part}", place, at, text)
    sheet.put_line("24b", place, at, line.place_of_service or claim.place_of_service)
    if line.is_emergency:
        sheet.put_line("24c", place, at, "Y")
    sheet.put_line("24d", place, at, words(line.code))
    for which, modifier in enumerate(line.modifiers[:4], 1):
        sheet.put_line(f"24d modifier {which}", place, at, modifier)
    sheet.put_line("24e", place, at, "".join(_LETTERS[pointer - 1] for pointer in line.pointers))
    dollars, cents = amount(line.charge_cents)
    sheet.put_line("24f dollars", place, at, dollars)
    sheet.put_line("24f cents", place, at, cents)
    sheet.put_line("24g", place, at, count(line.units))
    if line.is_family_planning or (line.is_epsdt and not claim.epsdt):
        sheet.put_line("24h", place, at, "Y")
    if line.is_epsdt and claim.epsdt:
        sheet.put_line("24h shaded", place, at, claim.epsdt)
    more = [unlisted(line.description)] if line.description else []
    more += [drug(line.drug)] if line.drug else []
    sheet.put_line("24 shaded", place, at, "   ".join(more))
    did = line.rendering or claim.rendering
    for other in did.other_ids[:1] if did else ():
        sheet.put_line("24i", place, at, other.qualifier)
        sheet.put_line("24j shaded", place, at, number(other.number))
    who = did or (claim.billing if claim.billing.first else None)
    if who:
        sheet.put_line("24j", place, at, number(who.npi))


def _foot(sheet: Sheet, claim: Claim, details: Details, *, is_last: bool) -> None:
    sheet.put("25", digits(claim.billing.tax_id) or number(claim.billing.tax_id))
    sheet.tick("25", "ssn" if claim.billing.tax_id_is_ssn else "ein")
    sheet.put("26", number(claim.number))
    sheet.tick("27", "yes" if claim.assignment == "A" else "no")
    if is_last:
        _totals(sheet, claim)
    else:
        sheet.put("28 continued", "CONTINUED")
    sheet.put("31", ON_FILE)
    if details.signed_on:
        sheet.put("31 date", " ".join(short_date(details.signed_on)))
    billing = claim.billing
    bought = any(line.bought_cents is not None for line in claim.lines)
    own = Facility(f"{billing.first} {billing.name}", billing.npi, billing.address)
    seen_at = (claim.bought_from if bought else None) or claim.facility or own
    called = (*claim.policy.billing_ids, *billing.other_ids)
    for box, place, others in (("32", seen_at, seen_at.other_ids), ("33", own, called)):
        sheet.put(f"{box} name", words(place.name))
        sheet.put(f"{box} street", *street(place.address))
        sheet.put(f"{box} city", city_line(place.address))
        sheet.put(f"{box}a", number(place.npi))
        for other in others[:1]:
            sheet.put(f"{box}b", other.qualifier + number(other.number))
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
