"""The library of consent forms: what ships with the program, and what this office has adopted."""

import tomllib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.files import resources_folder
from frontdesk.kernel.text import us_date
from frontdesk.models.records.consent import ConsentForm
from frontdesk.models.records.consent import Needed as Needed
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.work import Work

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Wording:
    """A form's title and text (Markdown: paragraphs, "## " heads, "- " items) in one language."""

    language: str
    title: str
    text: str


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


def shipped_forms() -> tuple[FormDraft, ...]:
    """The forms in resources/forms, in their order."""
    drafts = []
    for path in sorted((resources_folder() / "forms").glob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        wordings = tuple(
            Wording(language, said[language]["title"], said[language]["text"].strip())
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
                _add(work, draft, wording)
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
    """The editions in force on a day (today), every language, in the order in which they are asked."""
    day = on or work.today
    latest: dict[tuple[str, str], FormFace] = {}
    for row in work.session.execute(
        select(
            ConsentForm.id,
            ConsentForm.key,
            ConsentForm.edition,
            ConsentForm.language,
            ConsentForm.title,
            ConsentForm.needed,
            ConsentForm.may_be_refused,
            ConsentForm.guardian_below_age,
            ConsentForm.effective_on,
        )
        .where(ConsentForm.effective_on <= day)
        .order_by(ConsentForm.position, ConsentForm.key, ConsentForm.language, ConsentForm.edition)
    ):
        latest[row.key, row.language] = FormFace(*row)
    newest = {key: max(face.edition for (k, _), face in latest.items() if k == key) for key, _ in latest}
    return tuple(face for (key, _), face in latest.items() if face.edition == newest[key])


def _add(work: Work, draft: FormDraft, wording: Wording) -> None:
    work.add(
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
        )
    )
