"""The offices outside that this one asks for records and sends them to: one directory for all patients."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import digits, fold, us_phone
from frontdesk.models.records.outside import OutsideOffice
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import identifiers
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_outside_office_in_use",
    "This office is in the directory already. Choose it there, or name the department.",
    field="name",
)
says("ck_outside_office_note_short", "A note has 500 characters at most. Shorten it.", field="note")
says("ck_outside_office_names_short", "A name has 120 characters at most. Shorten it.", field="name")


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """An outside office as the desk types it; dashes and blanks in numbers do not matter."""

    name: str
    department: str = ""
    attention: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An outside office as it stands."""

    id: int
    version: int
    draft: OfficeDraft
    is_active: bool

    @property
    def title(self) -> str:
        """ "Cascade General, Medical records"."""
        return ", ".join(filter(None, (self.draft.name, self.draft.department)))

    @property
    def address(self) -> str:
        """In one line; empty where it is not known."""
        return ", ".join(address_lines(self.draft))

    @property
    def reach(self) -> str:
        """How it is reached first: the fax, else the mailbox, the phone, the address."""
        draft = self.draft
        if draft.fax:
            return f"Fax {us_phone(draft.fax)}"
        return draft.email or us_phone(draft.phone) or self.address


@query(permission="records.view")
def offices(work: Work, *, find: str = "", with_retired: bool = False) -> tuple[OfficeView, ...]:
    """The directory by name; `find` holds fragments of names, towns and people, in any order."""
    asked = select(OutsideOffice).order_by(OutsideOffice.name, OutsideOffice.department, OutsideOffice.id)
    if not with_retired:
        asked = asked.where(OutsideOffice.is_active)
    wanted = fold(find).split()
    found = [view_of(row) for row in work.session.scalars(asked)]
    return tuple(each for each in found if _matches(each.draft, wanted))


def _add_undone(done: Performed) -> Undo:
    return Undo(retire, office_id=done.result)


@command("Add outside office", permission="records.request", undo=_add_undone)
def add(work: Work, *, draft: OfficeDraft) -> int:
    """The new entry's id."""
    plain = _plain(draft)
    refuse_if_any(_findings(work, plain, None))
    return work.add(OutsideOffice(**_columns(plain))).id


def _change_undone(done: Performed) -> Undo:
    return Undo(change, office_id=done.arguments["office_id"], draft=done.result)


@command("Change outside office", permission="records.request", undo=_change_undone)
def change(work: Work, *, office_id: int, draft: OfficeDraft, version: int | None = None) -> OfficeDraft:
    """Letters that went out keep what they said. Gives back what it was."""
    row = work.get(OutsideOffice, office_id, version)
    before = _draft(row)
    plain = _plain(draft)
    refuse_if_any(_findings(work, plain, office_id))
    for name, value in _columns(plain).items():
        setattr(row, name, value)
    return before


def _retire_undone(done: Performed) -> Undo:
    return Undo(bring_back, office_id=done.arguments["office_id"])


@command("Retire outside office", permission="records.request", undo=_retire_undone)
def retire(work: Work, *, office_id: int) -> None:
    """It is not offered any more; what was asked of it stays."""
    work.get(OutsideOffice, office_id).is_active = False


def _bring_back_undone(done: Performed) -> Undo:
    return Undo(retire, office_id=done.arguments["office_id"])


@command("Bring outside office back", permission="records.request", undo=_bring_back_undone)
def bring_back(work: Work, *, office_id: int) -> None:
    """It is offered again."""
    row = work.get(OutsideOffice, office_id)
    refuse_if_any(_already_there(work, _draft(row), office_id))
    row.is_active = True


def by_id(work: Work, office_ids: Sequence[int]) -> dict[int, OfficeView]:
    """These offices, retired ones too; one statement."""
    rows = work.session.scalars(select(OutsideOffice).where(OutsideOffice.id.in_(office_ids)))
    return {row.id: view_of(row) for row in rows}


def view_of(row: OutsideOffice) -> OfficeView:
    """A stored office as it leaves the service."""
    return OfficeView(row.id, row.version, _draft(row), row.is_active)


def address_lines(draft: OfficeDraft) -> tuple[str, ...]:
    """The address as on an envelope; empty where it is not known."""
    if not draft.street:
        return ()
    plain = digits(draft.zip)
    code = f"{plain[:5]}-{plain[5:]}" if len(plain) == 9 else plain
    return (draft.street, f"{draft.city}, {draft.state} {code}".rstrip(" ,"))


def _findings(work: Work, draft: OfficeDraft, office_id: int | None) -> list[Finding]:
    findings: list[Finding] = []
    if not draft.name:
        findings.append(Finding("Enter the name of the office.", "name"))
    if not (draft.fax or draft.email or draft.street or draft.phone):
        findings.append(
            Finding("Enter a fax, an address, an e-mail or a phone, so that it can be asked.", "fax")
        )
    for field, number in (("phone", draft.phone), ("fax", draft.fax)):
        if number and len(number) != 10:
            findings.append(Finding("This number cannot be dialed. Type area code and number.", field))
    if draft.email and not ("@" in draft.email[1:-1] and " " not in draft.email):
        findings.append(Finding("This is no e-mail address.", "email"))
    if draft.street or draft.city or draft.state or draft.zip:
        findings += [
            Finding(sentence, field)
            for field, sentence in (("street", "Type the street address."), ("city", "Type the city."))
            if not getattr(draft, field)
        ]
        if draft.state not in identifiers.STATES:
            findings.append(Finding("Type the state's two letters.", "state"))
        if not identifiers.is_zip(draft.zip):
            findings.append(Finding("A ZIP code has five or nine digits.", "zip"))
    return findings + _already_there(work, draft, office_id)


def _already_there(work: Work, draft: OfficeDraft, office_id: int | None) -> list[Finding]:
    """Two spellings of one office would each get half of the requests."""
    rows = work.session.execute(
        select(OutsideOffice.id, OutsideOffice.name, OutsideOffice.department).where(OutsideOffice.is_active)
    )
    same = (fold(draft.name), fold(draft.department))
    if any((fold(name), fold(department)) == same for id_, name, department in rows if id_ != office_id):
        sentence = "This office is in the directory already. Choose it there, or name the department."
        return [Finding(sentence, "name")]
    return []


def _matches(draft: OfficeDraft, wanted: list[str]) -> bool:
    said = fold(f"{draft.name} {draft.department} {draft.attention} {draft.city}")
    return all(fragment in said for fragment in wanted)


def _plain(draft: OfficeDraft) -> OfficeDraft:
    def number(typed: str) -> str:
        plain = digits(typed)
        return plain[1:] if len(plain) == 11 and plain.startswith("1") else plain

    return replace(
        draft,
        name=" ".join(draft.name.split()),
        department=" ".join(draft.department.split()),
        attention=" ".join(draft.attention.split()),
        phone=number(draft.phone),
        fax=number(draft.fax),
        email=draft.email.strip(),
        street=" ".join(draft.street.split()),
        city=" ".join(draft.city.split()),
        state=draft.state.strip().upper(),
        zip=digits(draft.zip),
        note=draft.note.strip(),
    )


def _columns(draft: OfficeDraft) -> dict[str, str]:
    return {name: getattr(draft, name) for name in OfficeDraft.__dataclass_fields__}


def _draft(row: OutsideOffice) -> OfficeDraft:
    return OfficeDraft(**{name: getattr(row, name) for name in OfficeDraft.__dataclass_fields__})
