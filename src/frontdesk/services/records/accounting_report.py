"""What the accounting of disclosures says to the patient: the entries of six years, series summed up."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from frontdesk.formats.pdf.accounting import AccountingLine, AccountingSheet
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.records.disclosure import AccountingRequest, Disclosure, Ground
from frontdesk.models.records.release_packet import Outcome, ReleaseProof
from frontdesk.models.registration.patient import Patient
from frontdesk.services.records import disclosures, sheets, suspensions
from frontdesk.services.records.disclosures import GROUNDS, SOURCES, DisclosureLine
from frontdesk.services.work import Work


def sheet_of(work: Work, row: AccountingRequest) -> AccountingSheet:
    patient = work.get(Patient, row.patient_id)
    found = disclosures.standing(
        work,
        [
            Disclosure.patient_id == row.patient_id,
            Disclosure.is_accounted.is_(True),
            Disclosure.disclosed_on <= row.until_on,
            or_(Disclosure.disclosed_on >= row.from_on, Disclosure.until_on >= row.from_on),
        ],
    )
    told = _but_suspended(work, row.patient_id, found)
    return AccountingSheet(
        sender=sheets.sender(work),
        patient=first_last(patient.legal_first, patient.legal_last),
        born_on=us_date(patient.born_on),
        chart_number=patient.chart_number,
        asked_by=row.asked_by,
        asked_on=us_date(row.asked_on),
        from_on=us_date(row.from_on),
        until_on=us_date(row.until_on),
        made_on=us_date(work.today),
        lines=tuple(summarised(told, _undelivered(work, told))),
        fee=(
            f"The fee is {dollars(row.fee_cents)}, as another accounting was given within twelve months."
            if row.fee_cents
            else "This accounting is free of charge. Another within twelve months may cost a fee."
        ),
    )


def _but_suspended(work: Work, patient_id: int, found: Sequence[DisclosureLine]) -> list[DisclosureLine]:
    silent = {
        fold(each.agency)
        for each in suspensions.suspensions(work, patient_id=patient_id)
        if each.starts_on <= work.today <= each.ends_on
    }
    return [
        line
        for line in found
        if not (line.ground in suspensions.MAY_SUSPEND and fold(line.recipient) in silent)
    ]


def _undelivered(work: Work, lines: Sequence[DisclosureLine]) -> frozenset[int]:
    """The sendings of which the last that is known is that they failed."""
    ids = [line.sending_id for line in lines if line.sending_id is not None]
    rows = work.session.execute(
        select(ReleaseProof.sending_id, ReleaseProof.outcome)
        .where(ReleaseProof.sending_id.in_(ids))
        .order_by(ReleaseProof.recorded_at, ReleaseProof.id)
    )
    last = dict(rows.all())  # the later rows win
    return frozenset(id for id, outcome in last.items() if outcome is Outcome.FAILED)


def summarised(
    lines: Sequence[DisclosureLine], undelivered: frozenset[int] = frozenset()
) -> list[AccountingLine]:
    """Those to one recipient for one purpose on one ground are one line (164.528(b)(3)); by first date."""
    groups: dict[tuple[str, str, Ground], list[DisclosureLine]] = {}
    for line in sorted(lines, key=lambda each: (each.disclosed_on, each.disclosure_id)):
        groups.setdefault((fold(line.recipient), fold(line.purpose), line.ground), []).append(line)
    return [_line(group, undelivered) for group in groups.values()]


def _line(group: Sequence[DisclosureLine], undelivered: frozenset[int]) -> AccountingLine:
    first = group[0]
    times = sum(each.times or 1 for each in group)
    last = max(each.until_on or each.disclosed_on for each in group)
    when = us_date(first.disclosed_on)
    if times > 1:
        when = f"{when}, {times} times, last {us_date(last)}"
    address = ", ".join(part.strip() for part in first.recipient_address.splitlines() if part.strip())
    what = "; ".join(dict.fromkeys(each.what for each in group))
    if all(each.sending_id in undelivered for each in group):
        what = f"{what} (did not arrive)"
    ground = f"{GROUNDS[first.ground]}, {SOURCES[first.ground]}"
    if any(each.has_part_2 for each in group):
        ground = f"{ground}, 42 CFR part 2"
    return AccountingLine(
        when,
        f"{first.recipient}, {address}" if address else first.recipient,
        what,
        f"{first.purpose} ({ground})",
    )
