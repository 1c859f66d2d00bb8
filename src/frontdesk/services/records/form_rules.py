"""What a form must have before patients see it, and what a new edition takes over from the one before."""

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.records.consent_form import ConsentForm, ConsentFormDraft
from frontdesk.services.records.forms import LANGUAGES, FormDraft, Wording
from frontdesk.services.work import Work

_MOST_WORDS = 60_000
_PLACES = {"practice"}


def of_a_draft(draft: FormDraft) -> Iterator[Finding]:
    """What cannot even be kept as a draft."""
    if not any(wording.title.strip() for wording in draft.wordings):
        yield Finding("Enter a title, so that the draft is found again.", "title_en")
    for wording in draft.wordings:
        if len(wording.text) > _MOST_WORDS:
            yield Finding(
                f"This text has {len(wording.text):,} characters, and {_MOST_WORDS:,} can be kept.",
                f"text_{wording.language}",
            )
        if wording.language not in LANGUAGES:
            yield Finding(f"Forms are kept in English and Spanish, not in “{wording.language}”.")


def to_publish(draft: FormDraft, editions: tuple[FormDraft, ...], today: date) -> Iterator[Finding]:
    """What a form lacks before a patient may be asked to sign it."""
    by_language = {wording.language: wording for wording in draft.wordings}
    if "en" not in by_language or not by_language["en"].text.strip():
        yield Finding("The English words are missing. Every form has them.", "text_en")
    for language, wording in by_language.items():
        if wording.text.strip() and not wording.title.strip():
            yield Finding("Enter the title in this language.", f"title_{language}")
        if wording.title.strip() and not wording.text.strip() and language != "en":
            yield Finding("Enter the text in this language, or clear its title.", f"text_{language}")
        for place in sorted(set(re.findall(r"\{([^}]*)\}", wording.text)) - _PLACES):
            yield Finding(
                f"“{{{place}}}” is not filled in by the program. Only {{practice}} is.", f"text_{language}"
            )
        if wording.text.strip() and (
            len(wording.questions) != len(draft.questions)
            or not all(words.strip() for words in wording.questions)
        ):
            yield Finding("A question has no words in this language.", f"questions_{language}")
    if draft.age_from is not None and draft.age_until is not None and draft.age_from > draft.age_until:
        yield Finding("The first age is above the last one.", "age_until")
    if not 0 <= draft.guardian_below_age <= 21:
        yield Finding("A guardian signs below an age from 0 to 21.", "guardian_below_age")
    if draft.good_for_months is not None and not 1 <= draft.good_for_months <= 120:
        yield Finding("A signature is good for 1 to 120 months, or without an end.", "good_for_months")
    former = editions[-1] if editions else None
    if former is not None and _same(draft, editions):
        yield Finding("Nothing was changed, so there is nothing to publish.")
        return
    if only_translates(draft, editions):
        return
    if draft.effective_on < today:
        yield Finding(
            f"{us_date(draft.effective_on)} is over. An edition is in use from today on, or later.",
            "effective_on",
        )
    if former is not None and draft.effective_on < former.effective_on:
        yield Finding(
            f"Edition {former.edition} is in use from {us_date(former.effective_on)} on. "
            "The new one cannot come before it.",
            "effective_on",
        )


def fresh_wordings(draft: FormDraft, editions: tuple[FormDraft, ...]) -> tuple[Wording, ...]:
    """The languages of the next edition: an older translation that nobody looked at is left behind."""
    older = last_wordings(editions)
    former = {wording.language: wording for wording in editions[-1].wordings} if editions else {}
    english = next((wording for wording in draft.wordings if wording.language == "en"), None)
    is_english_new = former.get("en") != english
    return tuple(
        wording
        for wording in draft.wordings
        if wording.text.strip()
        and (
            wording.language == "en"
            or older.get(wording.language) != wording
            or wording.language in draft.still_right
            or (not is_english_new and wording.language in former)
        )
    )


def last_wordings(editions: tuple[FormDraft, ...]) -> dict[str, Wording]:
    """The newest words in each language, of whatever edition."""
    return {wording.language: wording for edition in editions for wording in edition.wordings}


def only_translates(draft: FormDraft, editions: tuple[FormDraft, ...]) -> bool:
    """Whether nothing is new but languages that the newest edition does not have."""
    if not editions or _rules(draft) != _rules(editions[-1]):
        return False
    before = {wording.language: wording for wording in editions[-1].wordings}
    now = {wording.language: wording for wording in fresh_wordings(draft, editions)}
    unchanged = all(now.get(language) == wording for language, wording in before.items())
    return unchanged and bool(now.keys() - before.keys())


def new_key(work: Work, draft: FormDraft) -> str:
    """A name for a new form that no other has, from its title."""
    title = next(wording.title for wording in draft.wordings if wording.title.strip())
    stem = re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")[:40] or "form"
    taken = {
        *work.session.scalars(
            select(ConsentForm.key).where(ConsentForm.key.startswith(stem, autoescape=True))
        ),
        *work.session.scalars(
            select(ConsentFormDraft.key).where(ConsentFormDraft.key.startswith(stem, autoescape=True))
        ),
    }
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key


def _same(draft: FormDraft, editions: tuple[FormDraft, ...]) -> bool:
    before = {wording.language: wording for wording in editions[-1].wordings}
    now = {wording.language: wording for wording in fresh_wordings(draft, editions)}
    return _rules(draft) == _rules(editions[-1]) and now == before


def _rules(draft: FormDraft) -> tuple[object, ...]:
    return (
        draft.needed,
        draft.may_be_refused,
        draft.guardian_below_age,
        draft.signer,
        draft.needs_witness,
        draft.age_from,
        draft.age_until,
        draft.payer_kinds,
        draft.payer_ids,
        draft.good_for_months,
        draft.questions,
        draft.position,
    )
