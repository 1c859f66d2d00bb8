"""Writes 837P claims, one after another; names and addresses in the basic character set."""

from collections.abc import Iterable
from datetime import date

from frontdesk.formats.x12.adjustments import write_adjustments
from frontdesk.formats.x12.professional_claim import (
    MOST_MODIFIERS,
    VERSION,
    Address,
    Attachment,
    BillingProvider,
    Claim,
    ClaimFile,
    Facility,
    Insured,
    Line,
    OtherId,
    OtherPayer,
    Policy,
    PriorLine,
    Provider,
)
from frontdesk.formats.x12.values import amount, day_text, minute_text, plain, quantity_text
from frontdesk.formats.x12.writer import Writer


def write_claims(writer: Writer, header: ClaimFile, claims: Iterable[Claim], *, control_number: str) -> None:
    """Writes one transaction set into an open group; neighbours of one billing provider share its loop."""
    with writer.transaction_set("837", control_number, VERSION):
        writer.segment(
            "BHT", "0019", "00", header.reference, day_text(header.at), minute_text(header.at), "CH"
        )
        submitter, receiver = header.submitter, header.receiver
        writer.segment("NM1", "41", "2", plain(submitter.name), "", "", "", "", "46", submitter.id)
        writer.segment("PER", "IC", plain(submitter.contact), "TE", submitter.phone)
        writer.segment("NM1", "40", "2", plain(receiver.name), "", "", "", "", "46", receiver.id)
        _Levels(writer).write(claims)


class _Levels:
    """Loops 2000A, 2000B and 2000C, numbered."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._level = 0

    def write(self, claims: Iterable[Claim]) -> None:
        billing: BillingProvider | None = None
        parent = ""
        for claim in claims:
            if claim.billing != billing:
                billing = claim.billing
                parent = self._open("", "20", has_children=True)
                self._billing(billing)
            subscriber = self._open(parent, "22", has_children=claim.patient is not None)
            case_number = "" if claim.patient else claim.case_number
            self._policy(claim.policy, case_number, is_patient=claim.patient is None)
            if claim.patient is not None:
                self._open(subscriber, "23", has_children=False)
                self._writer.segment("PAT", claim.relationship)
                _insured(self._writer, "QC", claim.patient, "", is_patient=True)
                _reference(self._writer, "Y4", claim.case_number)
            _claim(self._writer, claim)

    def _open(self, parent: str, kind: str, *, has_children: bool) -> str:
        self._level += 1
        self._writer.segment("HL", str(self._level), parent, kind, "1" if has_children else "0")
        return str(self._level)

    def _billing(self, billing: BillingProvider) -> None:
        writer = self._writer
        if billing.taxonomy:
            writer.segment("PRV", "BI", "PXC", billing.taxonomy)
        kind, first = ("1", plain(billing.first)) if billing.first else ("2", "")
        writer.segment("NM1", "85", kind, plain(billing.name), first, "", "", "", "XX", billing.npi)
        _address(writer, billing.address)
        writer.segment("REF", "SY" if billing.tax_id_is_ssn else "EI", billing.tax_id)
        _other_ids(writer, billing.other_ids)

    def _policy(self, policy: Policy, case_number: str, *, is_patient: bool) -> None:
        writer = self._writer
        relation = "18" if is_patient else ""
        _subscriber(writer, policy, relation)
        _insured(writer, "IL", policy.subscriber, policy.member_id, is_patient=is_patient)
        _reference(writer, "Y4", case_number)
        writer.segment("NM1", "PR", "2", plain(policy.payer_name), "", "", "", "", "PI", policy.payer_id)
        _address(writer, policy.payer_address)
        _other_ids(writer, policy.billing_ids)


def _claim(writer: Writer, claim: Claim) -> None:
    accident = (claim.accident, "", "", claim.accident_state) if claim.accident else ""
    writer.segment(
        "CLM",
        claim.number,
        amount(claim.charge_cents),
        "",
        "",
        (claim.place_of_service, "B", claim.frequency),
        "Y",
        claim.assignment,
        "Y" if claim.assigns_benefits else "N",
        "Y" if claim.has_release else "I",
        "",
        accident,
        claim.program,
        *("",) * 7,
        claim.delay_reason,
    )
    _dates(writer, claim)
    _attachments(writer, claim.attachments)
    if claim.patient_paid_cents:
        writer.segment("AMT", "F5", amount(claim.patient_paid_cents))
    for qualifier, number in (
        ("9F", claim.referral),
        ("G1", claim.authorization),
        ("F8", claim.payer_control_number),
        ("X4", claim.clia),
    ):
        _reference(writer, qualifier, number)
    _other_ids(writer, claim.references)
    if claim.file_info:
        writer.segment("K3", plain(claim.file_info)[:80])
    _note(writer, claim.note_kind, claim.note)
    if claim.spine:
        writer.segment("CR2", *("",) * 7, claim.spine)
    if claim.epsdt:
        writer.segment("CRC", "ZZ", "N" if claim.epsdt == "NU" else "Y", claim.epsdt)
    kinds = ("ABK", *("ABF",) * (len(claim.diagnoses) - 1))
    writer.segment(
        "HI", *((kind, code.replace(".", "")) for kind, code in zip(kinds, claim.diagnoses, strict=True))
    )
    if claim.condition_codes:
        writer.segment("HI", *(("BG", code) for code in claim.condition_codes))
    _provider(writer, "DN", claim.referring)
    _provider(writer, "P3", claim.primary_care)
    _provider(writer, "82", claim.rendering)
    _facility(writer, claim.facility)
    _provider(writer, "DQ", claim.supervising)
    for other in claim.other_payers:
        _other_payer(writer, other)
    for place, line in enumerate(claim.lines, 1):
        _line(writer, place, line, claim.bought_from)


def _dates(writer: Writer, claim: Claim) -> None:
    """In the order of the guide."""
    kept = {claim.onset_kind: claim.onset_on, "439": claim.accident_on}
    if claim.other_kind:
        kept.setdefault(claim.other_kind, claim.other_on)
    for qualifier in ("431", "454", "304", "453", "439", "484", "455", "471"):
        _date(writer, qualifier, kept.get(qualifier))
    if claim.unable_from and claim.unable_until:
        span = f"{day_text(claim.unable_from)}-{day_text(claim.unable_until)}"
        writer.segment("DTP", "314", "RD8", span)
    else:
        _date(writer, "360", claim.unable_from)
        _date(writer, "361", claim.unable_until)
    _date(writer, "297", claim.last_worked_on)
    _date(writer, "296", claim.returned_on)
    _date(writer, "435", claim.admitted_on)
    _date(writer, "096", claim.discharged_on)
    for qualifier in ("090", "091", "444"):
        _date(writer, qualifier, kept.get(qualifier))


def _attachments(writer: Writer, attachments: Iterable[Attachment]) -> None:
    for one in attachments:
        number = ("", "", "AC", one.control_number) if one.control_number else ()
        writer.segment("PWK", one.report, one.transmission, *number)


def _line(writer: Writer, place: int, line: Line, bought_from: Facility | None) -> None:
    writer.segment("LX", str(place))
    writer.segment(
        "SV1",
        _procedure(line),
        amount(line.charge_cents),
        line.unit,
        quantity_text(line.units),
        line.place_of_service,
        "",
        tuple(str(pointer) for pointer in line.pointers),
        "",
        "Y" if line.is_emergency else "",
        "",
        "Y" if line.is_epsdt else "",
        "Y" if line.is_family_planning else "",
    )
    _attachments(writer, line.attachments)
    if line.served_until and line.served_until != line.served_on:
        span = f"{day_text(line.served_on)}-{day_text(line.served_until)}"
        writer.segment("DTP", "472", "RD8", span)
    else:
        _date(writer, "472", line.served_on)
    writer.segment("REF", "6R", line.control_number)
    _note(writer, line.note_kind, line.note)
    bought = bought_from if line.bought_cents is not None else None
    if bought and line.bought_cents is not None:
        writer.segment("PS1", bought.npi, amount(line.bought_cents))
    if line.drug:
        writer.segment("LIN", "", "N4", line.drug.ndc)
        writer.segment("CTP", "", "", "", quantity_text(line.drug.quantity), line.drug.unit)
    _provider(writer, "82", line.rendering)
    if bought:
        writer.segment("NM1", "QB", "2", "", "", "", "", "", "XX", bought.npi)
    _facility(writer, line.facility)
    _provider(writer, "DQ", line.supervising)
    _provider(writer, "DK", line.ordering)
    _provider(writer, "DN", line.referring)
    _provider(writer, "P3", line.primary_care)
    for prior in line.prior:
        _prior_line(writer, prior)


def _procedure(line: Line) -> tuple[str, ...]:
    if not line.description:
        return ("HC", line.code, *line.modifiers)
    empty = ("",) * (MOST_MODIFIERS - len(line.modifiers))
    return ("HC", line.code, *line.modifiers, *empty, plain(line.description)[:80])


def _prior_line(writer: Writer, prior: PriorLine) -> None:
    procedure = ("HC", prior.code, *prior.modifiers)
    units = quantity_text(prior.units)
    writer.segment("SVD", prior.payer_id, amount(prior.paid_cents), procedure, "", units)
    write_adjustments(writer, prior.adjustments)
    _date(writer, "573", prior.decided_on)
    if prior.patient_cents is not None:
        writer.segment("AMT", "EAF", amount(prior.patient_cents))


def _other_payer(writer: Writer, other: OtherPayer) -> None:
    policy = other.policy
    _subscriber(writer, policy, other.relationship)
    write_adjustments(writer, other.adjustments)
    for qualifier, cents in (("D", other.paid_cents), ("EAF", other.patient_cents)):
        if cents is not None:
            writer.segment("AMT", qualifier, amount(cents))
    assigns, releases = "Y" if other.assigns_benefits else "N", "Y" if other.has_release else "I"
    writer.segment("OI", "", "", assigns, "", "", releases)
    holder = policy.subscriber
    _insured(writer, "IL", holder, policy.member_id, is_patient=False)
    _address(writer, holder.address)
    writer.segment("NM1", "PR", "2", plain(policy.payer_name), "", "", "", "", "PI", policy.payer_id)
    _address(writer, policy.payer_address)
    _date(writer, "573", other.decided_on)
    if other.control_number:
        writer.segment("REF", "F8", other.control_number)


def _subscriber(writer: Writer, policy: Policy, relationship: str) -> None:
    group, reason = plain(policy.group_number), policy.secondary_reason
    writer.segment("SBR", policy.rank, relationship, group, "", reason, "", "", "", policy.filing_code)


def _insured(writer: Writer, role: str, person: Insured, member_id: str, *, is_patient: bool) -> None:
    identity = ("MI", member_id) if member_id else ("", "")
    writer.segment(
        "NM1",
        role,
        "1",
        plain(person.last),
        plain(person.first),
        plain(person.middle),
        "",
        plain(person.suffix),
        *identity,
    )
    if not is_patient:
        return
    _address(writer, person.address)
    if person.born_on:
        writer.segment("DMG", "D8", day_text(person.born_on), person.sex)


def _provider(writer: Writer, role: str, provider: Provider | None) -> None:
    if provider is None:
        return
    writer.segment(
        "NM1", role, "1", plain(provider.last), plain(provider.first), "", "", "", "XX", provider.npi
    )
    if provider.taxonomy and role == "82":
        writer.segment("PRV", "PE", "PXC", provider.taxonomy)
    _other_ids(writer, provider.other_ids)


def _facility(writer: Writer, facility: Facility | None) -> None:
    if facility is None:
        return
    identity = ("XX", facility.npi) if facility.npi else ("", "")
    writer.segment("NM1", "77", "2", plain(facility.name), "", "", "", "", *identity)
    _address(writer, facility.address)
    _other_ids(writer, facility.other_ids)


def _address(writer: Writer, address: Address) -> None:
    if address.street:
        writer.segment("N3", plain(address.street), plain(address.unit))
    if address.city:
        writer.segment("N4", plain(address.city), address.state, address.zip)


def _reference(writer: Writer, qualifier: str, number: str) -> None:
    if number:
        writer.segment("REF", qualifier, plain(number))


def _other_ids(writer: Writer, ids: Iterable[OtherId]) -> None:
    for one in ids:
        _reference(writer, one.qualifier, one.number)


def _note(writer: Writer, kind: str, words: str) -> None:
    if words:
        writer.segment("NTE", kind, plain(words)[:80])


def _date(writer: Writer, qualifier: str, on: date | None) -> None:
    if on:
        writer.segment("DTP", qualifier, "D8", day_text(on))
