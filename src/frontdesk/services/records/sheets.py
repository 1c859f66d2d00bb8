"""What every consent sheet shows of the office, and the blank sheets themselves."""

from collections.abc import Sequence

from sqlalchemy import select

from frontdesk.formats.pdf.blank_consent import BlankConsent, PaperQuestion
from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.consent import ConsentPrint
from frontdesk.models.records.consent_form import AnswerKind, ConsentForm
from frontdesk.models.registration.patient import Patient
from frontdesk.services.records import forms
from frontdesk.services.records.forms import Asked
from frontdesk.services.work import Work


def practice_name(work: Work) -> str:
    """What stands for {practice}."""
    return work.session.scalar(select(Practice.name)) or "this office"


def sender(work: Work) -> Sender:
    """The office's head on its papers."""
    practice = work.session.scalars(select(Practice)).first()
    if practice is None:
        return Sender("", ())
    city = f"{practice.city}, {practice.state} {practice.zip[:5]}"
    return Sender(practice.name, (practice.address1, city, us_phone(practice.phone)))


def questions_on_paper(asked: Sequence[Asked], words: Sequence[str]) -> tuple[PaperQuestion, ...]:
    """The questions of a form with boxes or a line."""
    return tuple(
        PaperQuestion(said, each.kind is AnswerKind.YES_NO) for each, said in zip(asked, words, strict=False)
    )


def blank_sheets(work: Work, print_ids: tuple[int, ...]) -> tuple[BlankConsent, ...]:
    """The sheets that were printed, in that order."""
    practice = practice_name(work)
    rows = work.session.execute(
        select(ConsentPrint.id, ConsentForm, Patient)
        .join(ConsentForm, ConsentForm.id == ConsentPrint.form_id)
        .join(Patient, Patient.id == ConsentPrint.patient_id)
        .where(ConsentPrint.id.in_(print_ids))
    ).all()
    asked = forms.questions_of(work, {form.id for _, form, _ in rows})
    made = {
        print_id: BlankConsent(
            title=form.title,
            text=form.text.replace("{practice}", practice),
            language=form.language,
            questions=tuple(
                PaperQuestion(each.words, each.kind is AnswerKind.YES_NO) for each in asked.get(form.id, ())
            ),
            needs_witness=form.needs_witness,
            patient=first_last(patient.legal_first, patient.legal_last),
            born_on=us_date(patient.born_on),
            chart_number=patient.chart_number,
            print_id=print_id,
        )
        for print_id, form, patient in rows
    }
    return tuple(made[print_id] for print_id in print_ids if print_id in made)
