"""The form library as the office looks after it: in force, being written, retired."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy import func, select

from frontdesk.formats.pdf.blank_consent import BlankConsent, blank_consents_pdf
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.records.consent import Answer, Consent
from frontdesk.models.records.consent_form import (
    ConsentForm,
    ConsentFormDraft,
    ConsentFormUse,
    DraftState,
)
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import editions, form_rules, forms, sheets
from frontdesk.services.records.editions import Translation as Translation
from frontdesk.services.records.forms import FormDraft
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_consent_form_draft_open", "Another desk began to change this form. Open it again.")
says("append_only_consent_form_use", "What was noted about a form's use is never changed.")
says(
    "append_only_consent_question", "A form that is in use keeps its questions. Write a new edition instead."
)
says("append_only_consent_form_payer", "A form that is in use keeps its payers. Write a new edition instead.")


class FormState(StrEnum):
    """Where a form stands."""

    DRAFT = "draft"
    """Written and never published."""
    TO_COME = "to_come"
    IN_USE = "in_use"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class LibraryForm:
    """A line of the library."""

    key: str
    title: str
    state: FormState
    edition: int
    effective_on: date | None
    translations: tuple[Translation, ...]
    draft_id: int | None
    signed: int
    """How many signatures stand under it, over all editions."""
    is_starting_set: bool
    """Its words are those that came with the program: for counsel to review."""
    draft: FormDraft
    """What is being written; else the newest edition, to be changed."""
    published: FormDraft | None
    """The newest edition, to be compared with the draft."""
    version: int | None
    """The draft's."""
    form_ids: tuple[int, ...]
    """The newest edition's, in the order of its languages."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft that was kept, and what stood before."""

    draft_id: int
    before: FormDraft | None


@query(permission="records.view")
def library(work: Work) -> tuple[LibraryForm, ...]:
    """Every form, in the order in which they are asked for; drafts of new ones last."""
    published = editions.published(work)
    ids = editions.newest_ids(work)
    drafts = {
        row.key: row
        for row in work.session.scalars(
            select(ConsentFormDraft)
            .where(ConsentFormDraft.state == DraftState.OPEN)
            .order_by(ConsentFormDraft.id)
        )
    }
    retired = forms.retired_keys(work, work.today)
    counts = dict(
        work.session.execute(
            select(ConsentForm.key, func.count())
            .join(Consent, Consent.form_id == ConsentForm.id)
            .where(Consent.answer == Answer.SIGNED)
            .group_by(ConsentForm.key)
        ).all()
    )
    lines = [
        _line(
            work,
            key,
            published.get(key, ()),
            drafts.get(key),
            is_retired=key in retired,
            signed=counts.get(key, 0),
            form_ids=ids.get(key, ()),
        )
        for key in dict.fromkeys([*published, *drafts])
    ]
    return tuple(sorted(lines, key=lambda line: (line.state is FormState.RETIRED, line.draft.position)))


def _draft_back(done: Performed) -> Undo:
    if done.result.before is None:
        return Undo(discard_draft, draft_id=done.result.draft_id)
    return Undo(keep_draft, draft=done.result.before, draft_id=done.result.draft_id)


@command("Write consent form", permission="records.manage_forms", undo=_draft_back)
def keep_draft(
    work: Work, *, draft: FormDraft, draft_id: int | None = None, version: int | None = None
) -> KeptDraft:
    """Keep what is being written, whole or not; no patient sees it before it is published."""
    refuse_if_any(list(form_rules.of_a_draft(draft)))
    if draft_id is None:
        key = draft.key or form_rules.new_key(work, draft)
        row = work.add(
            ConsentFormDraft(
                key=key,
                body=_write(replace(draft, key=key)),
                changed_at=work.now,
                changed_by_id=work.actor.user_id,
            )
        )
        return KeptDraft(row.id, None)
    row = _open(work, draft_id, version)
    before = _read(row.body)
    row.body = _write(replace(draft, key=row.key))
    row.changed_at = work.now
    row.changed_by_id = work.actor.user_id
    return KeptDraft(draft_id, before)


def _reopened(done: Performed) -> Undo:
    return Undo(reopen_draft, draft_id=done.arguments["draft_id"])


def _discarded_again(done: Performed) -> Undo:
    return Undo(discard_draft, draft_id=done.arguments["draft_id"])


@command("Discard draft of consent form", permission="records.manage_forms", undo=_reopened)
def discard_draft(work: Work, *, draft_id: int, version: int | None = None) -> None:
    """Put what was written aside; the published edition stays as it is."""
    _open(work, draft_id, version).state = DraftState.DISCARDED


@command("Take up draft of consent form", permission="records.manage_forms", undo=_discarded_again)
def reopen_draft(work: Work, *, draft_id: int) -> None:
    """Take a discarded draft up again."""
    row = work.get(ConsentFormDraft, draft_id)
    if row.state is not DraftState.DISCARDED:
        raise Refused(Finding("This draft was not discarded."))
    row.state = DraftState.OPEN


@command(
    "Publish consent form",
    permission="records.manage_forms",
    undo=irreversible("Patients may have signed it already. Publish a new edition, or retire the form."),
)
def publish(work: Work, *, draft_id: int, version: int | None = None) -> int:
    """Take what was written into use from its date on; gives its edition.

    Everybody is asked again, unless the change is editorial. A translation added to unchanged
    words joins the edition that is in force.
    """
    row = _open(work, draft_id, version)
    draft = _read(row.body)
    history = editions.published(work).get(row.key, ())
    refuse_if_any(list(form_rules.to_publish(draft, history, work.today)))
    row.state = DraftState.PUBLISHED
    fresh = form_rules.fresh_wordings(draft, history)
    if form_rules.only_translates(draft, history):
        former = history[-1]
        known = {wording.language for wording in former.wordings}
        for wording in fresh:
            if wording.language not in known:
                forms.add_edition(work, former, wording)
        return former.edition
    edition = history[-1].edition + 1 if history else 1
    new = replace(draft, edition=edition, is_editorial=draft.is_editorial and edition > 1)
    for wording in fresh:
        forms.add_edition(work, new, wording)
    return edition


def _back_in_use(done: Performed) -> Undo:
    return Undo(bring_back, key=done.arguments["key"])


def _retired_again(done: Performed) -> Undo:
    return Undo(retire, key=done.arguments["key"])


@command("Retire consent form", permission="records.manage_forms", undo=_back_in_use)
def retire(work: Work, *, key: str) -> int:
    """Nobody is asked for it from today on; what was signed stays readable."""
    _known(work, key)
    if key in forms.retired_keys(work, work.today):
        raise Refused(Finding("This form is retired already."))
    return _note_use(work, key, is_in_use=False)


@command("Take consent form into use again", permission="records.manage_forms", undo=_retired_again)
def bring_back(work: Work, *, key: str) -> int:
    """Patients are asked for it again from today on."""
    _known(work, key)
    if key not in forms.retired_keys(work, work.today):
        raise Refused(Finding("This form is in use already."))
    return _note_use(work, key, is_in_use=True)


@query(permission="records.view")
def preview_pdf(work: Work, *, draft: FormDraft, language: str) -> bytes:
    """A form as it would be printed, with nobody's name and no code on it."""
    wording = next((each for each in draft.wordings if each.language == language), None)
    if wording is None or not wording.text.strip():
        raise Refused(Finding("There are no words in this language yet."))
    practice = sheets.practice_name(work)
    return blank_consents_pdf(
        sheets.sender(work),
        [
            BlankConsent(
                title=wording.title or "Without a title",
                text=wording.text.replace("{practice}", practice),
                language=language,
                questions=sheets.questions_on_paper(draft.questions, wording.questions),
                needs_witness=draft.needs_witness,
            )
        ],
    )


def _line(
    work: Work,
    key: str,
    history: tuple[FormDraft, ...],
    row: ConsentFormDraft | None,
    *,
    is_retired: bool,
    signed: int,
    form_ids: tuple[int, ...],
) -> LibraryForm:
    newest = history[-1] if history else None
    if row is not None:
        draft = _read(row.body)
    else:
        assert newest is not None  # a key comes from a form or from a draft
        words = form_rules.last_wordings(history)
        draft = replace(newest, wordings=tuple(words[language] for language in sorted(words)))
    if newest is None:
        state = FormState.DRAFT
    elif is_retired:
        state = FormState.RETIRED
    else:
        state = FormState.IN_USE if history[0].effective_on <= work.today else FormState.TO_COME
    shown = newest or draft
    return LibraryForm(
        key=key,
        title=editions.title_of(shown),
        state=state,
        edition=newest.edition if newest else 0,
        effective_on=newest.effective_on if newest else None,
        translations=editions.translations_of(history),
        draft_id=row.id if row else None,
        signed=signed,
        is_starting_set=newest is not None and editions.is_shipped(newest),
        draft=draft,
        published=newest,
        version=row.version if row else None,
        form_ids=form_ids,
    )


def _known(work: Work, key: str) -> None:
    if work.session.scalar(select(ConsentForm.id).where(ConsentForm.key == key).limit(1)) is None:
        raise Refused(Finding("This form was never published. Discard its draft instead."))


def _note_use(work: Work, key: str, *, is_in_use: bool) -> int:
    return work.add(
        ConsentFormUse(
            key=key,
            is_in_use=is_in_use,
            since=work.today,
            noted_at=work.now,
            noted_by_id=work.actor.user_id,
        )
    ).id


def _open(work: Work, draft_id: int, version: int | None) -> ConsentFormDraft:
    row = work.get(ConsentFormDraft, draft_id, version)
    if row.state is DraftState.PUBLISHED:
        raise Refused(Finding("This draft was published already. Open the form again to change it."))
    if row.state is DraftState.DISCARDED:
        raise Refused(Finding("This draft was discarded. Take it up again first."))
    return row


def _write(draft: FormDraft) -> str:
    return msgspec.json.encode(draft).decode()


def _read(body: str) -> FormDraft:
    return msgspec.json.decode(body, type=FormDraft)
