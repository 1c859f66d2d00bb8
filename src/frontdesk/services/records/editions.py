"""The editions of each form as they stand in the tables, with what each has in every language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from frontdesk.models.records.consent_form import ConsentForm, ConsentFormPayer
from frontdesk.services.records import forms
from frontdesk.services.records.forms import Asked, FormDraft, Wording
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Translation:
    """A language of a form; out of date where the English has a newer edition."""

    language: str
    edition: int
    is_outdated: bool


def published(work: Work) -> Mapping[str, tuple[FormDraft, ...]]:
    """Each form's editions, oldest first, each with the words it has of its own."""
    rows = work.session.scalars(
        select(ConsentForm).order_by(ConsentForm.position, ConsentForm.key, ConsentForm.edition)
    ).all()
    questions = forms.questions_of(work, [row.id for row in rows])
    payers: dict[int, tuple[int, ...]] = {}
    for form_id, payer_id in work.session.execute(
        select(ConsentFormPayer.form_id, ConsentFormPayer.payer_id).order_by(ConsentFormPayer.payer_id)
    ):
        payers[form_id] = (*payers.get(form_id, ()), payer_id)
    found: dict[str, dict[int, FormDraft]] = {}
    for row in sorted(rows, key=lambda row: (row.position, row.key, row.edition, row.language)):
        asked = questions.get(row.id, ())
        wording = Wording(row.language, row.title, row.text, tuple(each.words for each in asked))
        before = found.setdefault(row.key, {}).get(row.edition)
        found[row.key][row.edition] = FormDraft(
            key=row.key,
            edition=row.edition,
            effective_on=row.effective_on,
            position=row.position,
            needed=row.needed,
            may_be_refused=row.may_be_refused,
            guardian_below_age=row.guardian_below_age,
            wordings=(*(before.wordings if before else ()), wording),
            signer=row.signer,
            needs_witness=row.needs_witness,
            age_from=row.age_from,
            age_until=row.age_until,
            payer_kinds=row.payer_kinds,
            payer_ids=payers.get(row.id, ()),
            good_for_months=row.good_for_months,
            is_editorial=row.is_editorial,
            questions=tuple(Asked(each.kind, each.is_required) for each in asked),
        )
    return {key: tuple(editions[number] for number in sorted(editions)) for key, editions in found.items()}


def newest_ids(work: Work) -> dict[str, tuple[int, ...]]:
    """The ids of each form's newest edition, in the order of its languages."""
    newest: dict[str, tuple[int, tuple[int, ...]]] = {}
    for key, edition, id in work.session.execute(
        select(ConsentForm.key, ConsentForm.edition, ConsentForm.id).order_by(
            ConsentForm.key, ConsentForm.edition, ConsentForm.language
        )
    ):
        before = newest.get(key)
        ids = before[1] if before and before[0] == edition else ()
        newest[key] = (edition, (*ids, id))
    return {key: ids for key, (_, ids) in newest.items()}


def translations_of(editions: tuple[FormDraft, ...]) -> tuple[Translation, ...]:
    """Each language with its last edition."""
    last: dict[str, int] = {}
    for edition in editions:
        for wording in edition.wordings:
            last[wording.language] = edition.edition
    newest = editions[-1].edition if editions else 0
    return tuple(Translation(language, at, at < newest) for language, at in sorted(last.items()))


def title_of(draft: FormDraft) -> str:
    """The English title; else the first."""
    wording = next((each for each in draft.wordings if each.language == "en"), None)
    if wording is None and draft.wordings:
        wording = draft.wordings[0]
    return wording.title if wording and wording.title else "Without a title"


def is_shipped(draft: FormDraft) -> bool:
    """Whether its words are those that came with the program."""
    return any((w.title, w.text.strip()) in _shipped_words() for w in draft.wordings if w.language == "en")


@cache
def _shipped_words() -> frozenset[tuple[str, str]]:
    return frozenset(
        (wording.title, wording.text) for draft in forms.shipped_forms() for wording in draft.wordings
    )
