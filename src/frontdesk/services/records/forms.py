"""The library of consent forms: what ships with the program, and what this office has adopted."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.files import resources_folder
from frontdesk.kernel.text import us_date
from frontdesk.models.records.consent_form import AnswerKind as AnswerKind
from frontdesk.models.records.consent_form import (
    ConsentForm,
    ConsentFormPayer,
    ConsentFormUse,
    ConsentQuestion,
)
from frontdesk.models.records.consent_form import Needed as Needed
from frontdesk.models.records.consent_form import Signer as Signer
from frontdesk.models.registration.payer import PayerKind as PayerKind
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Work

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question within a form is answered; its words stand in each `Wording`."""

    kind: AnswerKind
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """A form's title and text (Markdown: paragraphs, "## " heads, "- " items) in one language."""

    language: str
    title: str
    text: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormDraft:
    """One edition of a form, in all its languages."""

    key: str
    edition: int
    effective_on: date
    position: int
    needed: Needed
    may_be_refused: bool
    guardian_below_age: int
    wordings: tuple[Wording, ...]
    signer: Signer = Signer.PATIENT
    needs_witness: bool = False
    age_from: int | None = None
    age_until: int | None = None
    payer_kinds: tuple[PayerKind, ...] = ()
    payer_ids: tuple[int, ...] = ()
    good_for_months: int | None = None
    is_editorial: bool = False
    questions: tuple[Asked, ...] = ()
    still_right: tuple[str, ...] = ()
    """Languages whose unchanged words were looked at and fit the new edition too."""


@dataclass(frozen=True, slots=True)
class FormFace:
    """An adopted form as a list shows it."""

    id: int
    key: str
    edition: int
    language: str
    title: str
    needed: Needed
    may_be_refused: bool
    guardian_below_age: int
    effective_on: date
    signer: Signer
    needs_witness: bool
    age_from: int | None
    age_until: int | None
    payer_kinds: tuple[PayerKind, ...]
    payer_ids: frozenset[int] = frozenset()
    asks_since: int = 1
    """The edition from which on a signature counts: those after it only polished the words."""


def shipped_forms() -> tuple[FormDraft, ...]:
    """The forms in resources/forms, in their order."""
    drafts = []
    for path in sorted((resources_folder() / "forms").glob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        wordings = tuple(
            Wording(
                language,
                said[language]["title"],
                said[language]["text"].strip(),
                tuple(said[language].get("questions", ())),
            )
            for language in LANGUAGES
            if language in said
        )
        drafts.append(
            FormDraft(
                key=said["key"],
                edition=said["edition"],
                effective_on=said["effective_on"],
                position=said["position"],
                needed=Needed(said["needed"]),
                may_be_refused=said["may_be_refused"],
                guardian_below_age=said["guardian_below_age"],
                wordings=wordings,
                good_for_months=said.get("good_for_months"),
                questions=tuple(Asked(AnswerKind(each["kind"])) for each in said.get("questions", ())),
            )
        )
    return tuple(sorted(drafts, key=lambda draft: draft.position))


@command(
    "Adopt consent forms",
    permission="records.manage_forms",
    undo=irreversible("Patients may have signed the form already. Adopt a new edition instead."),
)
def adopt(work: Work, *, forms: tuple[FormDraft, ...]) -> int:
    """Take editions into use from their date on; counts the wordings that were new."""
    known = {
        (form.key, form.edition, form.language): form
        for form in work.session.scalars(
            select(ConsentForm).where(ConsentForm.key.in_([draft.key for draft in forms]))
        )
    }
    findings: list[Finding] = []
    added = 0
    for draft in forms:
        for wording in draft.wordings:
            adopted = known.get((draft.key, draft.edition, wording.language))
            if adopted is None:
                add_edition(work, draft, wording)
                added += 1
            elif (adopted.title, adopted.text) != (wording.title, wording.text):
                findings.append(
                    Finding(
                        f"“{adopted.title}” has other words than edition {draft.edition} of "
                        f"{us_date(adopted.effective_on)}, which patients may have signed. "
                        "Give the new words a new edition number and date."
                    )
                )
    refuse_if_any(findings)
    return added


@query(permission="records.view")
def current_forms(work: Work, *, on: date | None = None) -> tuple[FormFace, ...]:
    """The editions in force on a day (today), every language, in the order in which they are asked.

    A wording of an edition before the last one that asks anew is out of date and is left out.
    """
    day = on or work.today
    retired = retired_keys(work, day)
    payers = _payers(work)
    found: dict[tuple[str, str], list[FormFace]] = {}
    asks_since: dict[str, int] = {}
    for form in _IN_FORCE.named(work.session, {"on": day}):
        if form.key in retired:
            continue
        face = replace(face_of(form), payer_ids=payers.get(form.id, frozenset()))
        found.setdefault((form.key, form.language), []).append(face)
        if not form.is_editorial:
            asks_since[form.key] = max(asks_since.get(form.key, 1), form.edition)
    return tuple(
        replace(faces[-1], asks_since=asks_since.get(key, 1))
        for (key, _), faces in found.items()
        if faces[-1].edition >= asks_since.get(key, 1)
    )


# Any: a form as it is mapped, or its columns by name.
def face_of(form: Any) -> FormFace:
    """A form as a list shows it, in force or not."""
    return FormFace(
        id=form.id,
        key=form.key,
        edition=form.edition,
        language=form.language,
        title=form.title,
        needed=form.needed,
        may_be_refused=form.may_be_refused,
        guardian_below_age=form.guardian_below_age,
        effective_on=form.effective_on,
        signer=form.signer,
        needs_witness=form.needs_witness,
        age_from=form.age_from,
        age_until=form.age_until,
        payer_kinds=form.payer_kinds,
    )


def retired_keys(work: Work, day: date) -> frozenset[str]:
    """The forms that nobody is asked for on a day."""
    last = dict(_NOTED.rows(work.session, {"on": day}))
    return frozenset(key for key, is_in_use in last.items() if not is_in_use)


def questions_of(work: Work, form_ids: Iterable[int]) -> dict[int, tuple[ConsentQuestion, ...]]:
    """The questions within editions, in their order."""
    found: dict[int, tuple[ConsentQuestion, ...]] = {}
    for question in work.session.scalars(
        select(ConsentQuestion)
        .where(ConsentQuestion.form_id.in_(tuple(form_ids)))
        .order_by(ConsentQuestion.form_id, ConsentQuestion.position)
    ):
        found[question.form_id] = (*found.get(question.form_id, ()), question)
    return found


def add_edition(work: Work, draft: FormDraft, wording: Wording) -> int:
    """One language of an edition; its id."""
    form = work.add(
        ConsentForm(
            key=draft.key,
            edition=draft.edition,
            language=wording.language,
            position=draft.position,
            title=wording.title,
            text=wording.text,
            needed=draft.needed,
            may_be_refused=draft.may_be_refused,
            guardian_below_age=draft.guardian_below_age,
            effective_on=draft.effective_on,
            signer=draft.signer,
            needs_witness=draft.needs_witness,
            age_from=draft.age_from,
            age_until=draft.age_until,
            payer_kinds=draft.payer_kinds,
            good_for_months=draft.good_for_months,
            is_editorial=draft.is_editorial,
        )
    )
    work.flush()
    for payer_id in draft.payer_ids:
        work.add(ConsentFormPayer(form_id=form.id, payer_id=payer_id))
    for position, (asked, words) in enumerate(zip(draft.questions, wording.questions, strict=True), start=1):
        work.add(
            ConsentQuestion(
                form_id=form.id,
                position=position,
                words=words,
                kind=asked.kind,
                is_required=asked.is_required,
            )
        )
    return form.id


def _payers(work: Work) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for form_id, payer_id in _PAYERS.rows(work.session, {}):
        found[form_id] = found.get(form_id, frozenset()) | {payer_id}
    return found


_NOTED: Final = Prepared(
    select(ConsentFormUse.key, ConsentFormUse.is_in_use)
    .where(ConsentFormUse.since <= bindparam("on"))
    .order_by(ConsentFormUse.noted_at, ConsentFormUse.id)
)
_PAYERS: Final = Prepared(select(ConsentFormPayer.form_id, ConsentFormPayer.payer_id))
_IN_FORCE: Final = Prepared(
    select(*(column for column in ConsentForm.__table__.columns if column.key != "text"))
    .where(ConsentForm.effective_on <= bindparam("on"))
    .order_by(ConsentForm.position, ConsentForm.key, ConsentForm.language, ConsentForm.edition)
)
