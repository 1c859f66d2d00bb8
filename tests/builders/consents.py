"""Forms of the office's own, and lines of the library."""

from datetime import date

from frontdesk.services.records import library
from frontdesk.services.records.forms import AnswerKind, Asked, FormDraft, Needed, Wording
from frontdesk.services.records.library import LibraryForm
from tests.office import Office

ENGLISH = Wording(
    "en",
    "Photographs",
    "{practice} may take photographs of my skin for my chart.",
    ("May students see them?", "Anything you do not want shown?"),
)
SPANISH = Wording(
    "es",
    "Fotografías",
    "{practice} puede tomar fotografías de mi piel para mi expediente.",
    ("¿Pueden verlas estudiantes?", "¿Algo que no quiere mostrar?"),
)


def form_draft(*wordings: Wording, **changed: object) -> FormDraft:
    """A form of the office's own with two questions."""
    values: dict[str, object] = {
        "key": "",
        "edition": 0,
        "effective_on": date(2026, 3, 17),
        "position": 9,
        "needed": Needed.ONCE,
        "may_be_refused": True,
        "guardian_below_age": 18,
        "wordings": wordings or (ENGLISH, SPANISH),
        "questions": (Asked(AnswerKind.YES_NO), Asked(AnswerKind.TEXT, is_required=False)),
        **changed,
    }
    return FormDraft(**values)  # type: ignore[arg-type]  # the caller's own names


def library_form(office: Office, key: str) -> LibraryForm:
    """A line of the library."""
    return next(each for each in office.ask(library.library) if each.key == key)


def published(office: Office, draft: FormDraft, draft_id: int | None = None) -> LibraryForm:
    """A form written and published."""
    kept = office.do(library.keep_draft, draft=draft, draft_id=draft_id)
    office.do(library.publish, draft_id=kept.draft_id)
    known = {each.key: each for each in office.ask(library.library)}
    return known[draft.key] if draft.key else list(known.values())[-1]
