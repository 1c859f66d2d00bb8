"""An estimate as a paper and as a letter by e-mail, in the words of the version that was written."""

from sqlalchemy import select

from frontdesk.formats.pdf.estimate import EstimateSheet, estimate_pdf
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.office.practice import Practice
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import codes, estimates, papers, parties
from frontdesk.services.billing.estimates import Version
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def pdf(work: Work, *, estimate_id: int, edition: int | None = None) -> bytes:
    """A version of an estimate as PDF, the newest by default."""
    shown = estimates.estimate(work, estimate_id=estimate_id)
    version = next((each for each in shown.versions if each.edition == edition), shown.newest)
    return estimate_pdf(_sheet(work, shown.patient_id, shown.number, version))


def _sheet(work: Work, patient_id: int, number: str, version: Version) -> EstimateSheet:
    head = parties.letterhead(work)
    practice = work.session.scalars(select(Practice)).one()
    patient = work.get(Patient, patient_id)
    recurring = version.visits > 1
    until = us_date(version.until_on) if version.until_on else ""
    return EstimateSheet(
        sender=papers.sender(head),
        number=number,
        edition=version.edition,
        is_good_faith=version.is_good_faith,
        patient=first_last(patient.legal_first, patient.legal_last),
        born_on=us_date(patient.born_on),
        written_on=us_date(version.written_at.date()),
        service=version.service,
        service_on=us_date(version.service_on) if version.service_on else "",
        recurring=f"{version.visits} visits until {until}" if recurring else "",
        provider=version.provider,
        provider_npi=version.provider_npi,
        practice=head.name,
        practice_npi=practice.npi,
        tax_id=head.tax_id,
        location=", ".join(part for part in (head.street, head.city_line) if part),
        state=practice.state,
        lines=tuple(
            (
                line.label,
                line.code,
                codes.dotted(line.diagnosis) if line.diagnosis else "–",
                str(line.units),
                dollars(line.fee_cents),
                dollars(line.expected_cents),
            )
            for line in version.lines
        ),
        fees=dollars(version.fees_cents),
        total=dollars(version.total_cents),
        per_visit=dollars(sum(line.expected_cents for line in version.lines)),
        why=version.why,
        separately=version.separately,
    )
