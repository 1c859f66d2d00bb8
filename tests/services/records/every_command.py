"""Every command of the domain, once."""

from datetime import date

from frontdesk.services.records import consents, filing, forms, standing, tray, viewing
from frontdesk.services.records import signed as signed_consents
from frontdesk.services.records.consents import Representative
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from tests.builders.office import provider
from tests.builders.records import PNG, filed, library, received, sheet, signed
from tests.builders.registration import patient
from tests.office import Office
from tests.services.records import (
    every_command_access,
    every_command_asking,
    every_command_consent,
    every_command_paper_charts,
    every_command_release,
    every_command_release_packet,
    every_command_tray,
)


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable."""
    walter, marcus = patient(office, "Walter", "Harris"), patient(office, "Marcus", "Bell")
    _documents(office, walter, marcus)
    _consents(office, walter)
    every_command_consent.run(office)
    every_command_access.run(office)
    every_command_tray.run(office)
    every_command_asking.run(office)
    every_command_release.run(office)
    every_command_release_packet.run(office)
    every_command_paper_charts.run(office)


def _documents(office: Office, walter: int, marcus: int) -> None:
    lee = provider(office)
    document = received(office, patient_id=marcus)
    office.do(tray.suggest_chart, document_id=document, patient_id=walter)
    office.do(tray.keep_for_later, document_id=document)
    office.do(tray.take_up_again, document_id=document)
    office.do(viewing.open_document, document_id=document)
    first = Indexing(Category.LETTER, "Letter", date(2026, 3, 10), "Cascade General", (lee,))
    office.do(filing.file, document_id=document, patient_id=walter, indexing=first)
    better = Indexing(
        Category.HOSPITAL,
        "Discharge",
        date(2026, 3, 12),
        "Cascade General",
        (lee,),
        Sensitivity.MENTAL_HEALTH,
    )
    office.do(filing.correct, document_id=document, indexing=better)
    office.do(filing.refile, document_id=document, patient_id=marcus, reason="Read the birth date wrong")
    office.do(filing.unfile, document_id=document)
    office.do(filing.file_again, document_id=document)
    office.do(viewing.note_print, document_id=document, pages=1)
    reading = office.ask(viewing.to_read, provider_id=lee)[0]
    office.do(viewing.mark_read, reading_id=reading.reading_id)
    office.do(viewing.mark_unread, reading_id=reading.reading_id)
    picture = received(office, PNG, arrived_as="card.png")
    office.do(tray.withdraw, document_id=picture, reason="Somebody's holiday")
    office.do(tray.restore, document_id=picture)
    filed(office, walter, "Basic metabolic panel", category=Category.LAB_RESULT)


def _consents(office: Office, walter: int) -> None:
    forms_by_key = library(office)
    scan = received(office, sheet("Signed in ink"), patient_id=walter)
    consent = signed(office, walter)
    office.do(signed_consents.open_consent, consent_id=consent)
    office.do(signed_consents.note_print, consent_id=consent, pages=1)
    office.do(consents.revoke, consent_id=consent, reason="Told the desk")
    office.do(
        consents.refuse,
        patient_id=walter,
        form_id=forms_by_key["messages"],
        reason="Does not want e-mail",
    )
    office.do(
        consents.sign_on_paper,
        patient_id=walter,
        form_id=forms_by_key["financial_policy"],
        signed_on=date(2026, 3, 16),
        representative=Representative("June Harris", "wife", "power of attorney"),
        document_id=scan,
    )
    assert any(stands.is_open for stands in office.ask(standing.required_for, patient_id=walter))
    office.do(forms.adopt, forms=forms.shipped_forms())
