"""The rules of an answer to a form: its words, whether it may be given now, and until when it counts."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.months import months_later
from frontdesk.kernel.text import age_on, us_date
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.consent import Answer, Consent, ConsentForm, Needed
from frontdesk.models.records.consent_form import AnswerKind, ConsentQuestion
from frontdesk.models.registration.patient import Patient
from frontdesk.services.records import forms, seal
from frontdesk.services.records.seal import Answered, Strokes
from frontdesk.services.records.signers import Representative
from frontdesk.services.work import Work

MOST_LETTERS: Final = 1_000


def words_of(work: Work, form: ConsentForm) -> str:
    """The text of a form with the practice's name in it."""
    practice = work.session.scalar(select(Practice.name)) or "this office"
    return form.text.replace("{practice}", practice)


def wordings_of(work: Work, form: ConsentForm) -> tuple[forms.FormFace, ...]:
    """The form in each language that may be signed now; this edition's own where it is not in force."""
    current = tuple(face for face in forms.current_forms(work) if face.key == form.key)
    if any(face.id == form.id for face in current):
        return current
    return tuple(
        forms.face_of(each)
        for each in work.session.scalars(
            select(ConsentForm)
            .where(ConsentForm.key == form.key, ConsentForm.edition == form.edition)
            .order_by(ConsentForm.language)
        )
    )


def questions_of(work: Work, form: ConsentForm) -> tuple[ConsentQuestion, ...]:
    return forms.questions_of(work, (form.id,)).get(form.id, ())


def fingerprint_of(work: Work, form: ConsentForm) -> str:
    asked = tuple(question.words for question in questions_of(work, form))
    return seal.text_fingerprint(form.title, words_of(work, form), asked)


def in_force(work: Work, form: ConsentForm, on: date) -> Iterator[Finding]:
    current = [face for face in forms.current_forms(work, on=on) if face.key == form.key]
    if form.key in forms.retired_keys(work, on):
        yield Finding("This form was retired. Nobody is asked for it any more.")
    elif form.effective_on > on:
        yield Finding(f"This edition of the form is in use from {us_date(form.effective_on)} on.")
    elif current and form.edition < current[0].asks_since:
        yield Finding("There is a new edition of this form. Open it again and have it read again.")


def ink(strokes: Strokes) -> Iterator[Finding]:
    points = [point for stroke in strokes for point in stroke]
    if not seal.is_real(strokes):
        yield Finding("There is no signature yet. Have it drawn above the line.", "strokes")
    elif len(points) > seal.MOST_POINTS:
        yield Finding("This is too much ink for a signature. Clear it and sign again.", "strokes")
    elif any(later[2] < sooner[2] for sooner, later in pairwise(points)) or points[0][2] < 0:
        yield Finding("The times of the strokes do not fit. Clear the pad and sign again.", "strokes")
    elif points[-1][2] > seal.LONGEST_SECONDS * 1000:
        yield Finding(
            "More than ten minutes passed between the first stroke and the last. Clear it and sign again.",
            "strokes",
        )


def answers_missing(questions: tuple[ConsentQuestion, ...], answers: tuple[str, ...]) -> Iterator[Finding]:
    for number, question in enumerate(questions):
        said = answers[number].strip() if number < len(answers) else ""
        if not said and question.is_required:
            yield Finding("Answer this question before the form is signed.", f"answer_{number + 1}")
        elif said and question.kind is AnswerKind.YES_NO and said not in ("yes", "no"):
            yield Finding("Answer this question with yes or no.", f"answer_{number + 1}")
        elif len(said) > MOST_LETTERS:
            yield Finding(
                f"This answer has {len(said)} characters, and {MOST_LETTERS} can be kept. Shorten it.",
                f"answer_{number + 1}",
            )
    if len(answers) > len(questions):
        yield Finding("The form's questions changed while it was open. Open it again.")


def answered(questions: tuple[ConsentQuestion, ...], answers: tuple[str, ...]) -> tuple[Answered, ...]:
    return tuple(
        Answered(question.words, answers[number].strip() if number < len(answers) else "")
        for number, question in enumerate(questions)
    )


def once(work: Work, patient: Patient, form: ConsentForm) -> list[Finding]:
    """Two desks, or a second click, must not take the same answer twice."""
    last = work.session.scalars(
        select(Consent)
        .join(ConsentForm, ConsentForm.id == Consent.form_id)
        .where(
            Consent.patient_id == patient.id,
            ConsentForm.key == form.key,
            ConsentForm.edition == form.edition,
        )
        .order_by(Consent.answered_on.desc(), Consent.recorded_at.desc(), Consent.id.desc())
        .limit(1)
    ).first()
    if last is None or last.answer is not Answer.SIGNED:
        return []
    if last.expires_on is not None and last.expires_on < work.today + timedelta(days=30):
        return []  # it may be renewed shortly before it runs out
    until = f" It is good until {us_date(last.expires_on)}." if last.expires_on else ""
    return [Finding(f"“{last.title}” was signed on {us_date(last.answered_on)} already.{until}")]


def expires(
    patient: Patient, form: ConsentForm, on: date, representative: Representative | None
) -> date | None:
    """The last day on which a signature counts."""
    ends = []
    if form.needed in (Needed.EACH_VISIT, Needed.VISIT_TYPE):
        ends.append(on)
    elif form.needed is Needed.YEARLY:
        ends.append(months_later(on, 12))
    if form.good_for_months is not None:
        ends.append(months_later(on, form.good_for_months))
    if representative is not None and age_on(patient.born_on, on) < form.guardian_below_age:
        # From that birthday on the patient answers for themselves.
        ends.append(months_later(patient.born_on, 12 * form.guardian_below_age) - timedelta(days=1))
    return min(ends, default=None)
