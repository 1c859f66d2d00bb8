"""What happened to a chart since another was merged into it, and which of the two each thing belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date, us_phone, us_time
from frontdesk.models.billing.journal import Posting
from frontdesk.models.registration.merge import PatientMerge
from frontdesk.services.visit import merge_columns as columns
from frontdesk.services.visit import merge_moves
from frontdesk.services.visit.merge_moves import Kept
from frontdesk.services.visit.merge_plan import Change, rows_of
from frontdesk.services.work import Work

# Any, in this file: columns of whatever table, read by name.
AnyRow = Row[*tuple[Any, ...]]
Place = tuple[str, int]
"""A row: its table and id."""

_CHOOSABLE: Final = frozenset(
    {
        "appointment",
        "consent",
        "demographics_review",
        "document",
        "message",
        "patient_alert",
        "recall_contact",
        "receipt",
        "red_flag_answer",
        "visit_request",
        "waitlist_entry",
    }
)
"""What can go to either chart without breaking a rule of its table."""


@dataclass(frozen=True, slots=True)
class Since:
    """A row that came after the merge, and where it will be when the charts are apart again."""

    table: str
    row_id: int
    kind: str
    """ "Visit"."""
    words: str
    goes: bool
    """To the chart that is separated again, if nobody chooses otherwise."""
    can_choose: bool
    because: str
    """Why it goes or stays, where it is not chosen."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row since the merge that goes to the chart that is separated again."""

    table: str
    row_id: int


class Sorter:
    """Says for each row since the merge whether it goes: with what it belongs to, or as was chosen."""

    def __init__(self, work: Work, merge: PatientMerge, kept: list[Kept], chosen: frozenset[Place]) -> None:
        self.work, self.merge, self.kept, self.chosen = work, merge, kept, chosen
        assert self.merge.last_id is not None
        self.mark: int = self.merge.last_id
        self.back: set[Place] = {
            (each.table, each.row_id)
            for each in self.kept
            if each.old == self.merge.goes_id and each.new == self.merge.stays_id
        }
        self.rows: dict[Place, AnyRow] = {}
        for pointer in columns.pointers(columns.PATIENT):
            for row in rows_of(self.work, pointer, self.merge.stays_id):
                if row.id > self.mark and (pointer.of, row.id) not in self.back:
                    self.rows[pointer.of, row.id] = row
        self._receipts = self._receipts_of_postings()
        self._visits = self._visits_of_receipts()

    def listed(self) -> list[Since]:
        """What is shown, by kind and time; rows that only follow others are not."""
        return [
            self._said(place, row)
            for place, row in sorted(self.rows.items(), key=lambda item: item[0])
            if self._anchor(place, row) is None or self._anchor(place, row) in self.back
            if place[0] not in ("journal_entry", "charge_line")
        ]

    def goes(self, place: Place) -> bool:
        """Whether a row belongs to the chart that is separated again."""
        seen: set[Place] = set()
        while place not in seen:
            seen.add(place)
            if place in self.back:
                return True
            row = self.rows.get(place)
            anchor = None if row is None else self._anchor(place, row)
            if anchor is None:
                return place in self.chosen and place in self.rows and place[0] in _CHOOSABLE
            place = anchor
        return False

    def changes(self) -> list[Change]:
        """What has to be moved besides what goes back by itself."""
        stays, goes = self.merge.stays_id, self.merge.goes_id
        moving = [place for place in sorted(self.rows) if self.goes(place)]
        found = [
            Change(table, row_id, pointer.name, stays, goes)
            for pointer in columns.pointers(columns.PATIENT)
            for table, row_id in moving
            if table == pointer.of and self.rows[table, row_id]._mapping[pointer.column] == stays
        ]
        return [*found, *self._of_accounts(moving)]

    def _of_accounts(self, moving: list[Place]) -> Iterator[Change]:
        """Money of the separated household goes to its own account again, with its charges."""
        stays, goes = self.merge.account_stays_id, self.merge.account_goes_id
        if stays is None or goes is None:
            return
        household = self._household()
        going = set(moving)
        for pointer in columns.pointers(columns.ACCOUNT):
            has_patient = "patient_id" in pointer.table.c
            for row in rows_of(self.work, pointer, stays):
                place = (pointer.of, row.id)
                if row.id > self.mark and has_patient and (place in going or row.patient_id in household):
                    yield Change(*place, pointer.name, stays, goes)

    def _household(self) -> set[int]:
        """Other patients whose membership went over with the account."""
        ids = [
            each.row_id for each in self.kept if (each.table, each.column) == ("account_member", "account_id")
        ]
        members = merge_moves.current(self.work, "account_member", "patient_id", ids)
        return set(members.values()) - {self.merge.stays_id, self.merge.goes_id}

    def _anchor(self, place: Place, row: AnyRow) -> Place | None:
        """What a row belongs to: its visit, its charge, its receipt."""
        table = place[0]
        if table == "journal_entry":
            if row.charge_line_id is not None:
                return ("charge_line", row.charge_line_id)
            receipt = self._receipts.get(row.posting_id)
            if receipt is not None:
                return ("receipt", receipt)
        # Asked of the table: a row also answers to its table's name before a column's.
        visit = row.appointment_id if "appointment_id" in columns.table_named(table).c else None
        if table == "receipt" and visit is None:
            visit = self._visits.get(row.id)
        return None if visit is None or not self._is_ours(visit) else ("appointment", visit)

    def _is_ours(self, visit: int) -> bool:
        return ("appointment", visit) in self.back or ("appointment", visit) in self.rows

    def _receipts_of_postings(self) -> dict[int, int]:
        postings = sorted(
            {row.posting_id for (table, _), row in self.rows.items() if table == "journal_entry"}
        )
        found = self.work.session.execute(
            select(Posting.id, Posting.receipt_id).where(
                Posting.id.in_(postings), Posting.receipt_id.is_not(None)
            )
        )
        return {posting_id: receipt_id for posting_id, receipt_id in found if receipt_id is not None}

    def _visits_of_receipts(self) -> dict[int, int]:
        """The visit that a receipt's money is held for, where it is one."""
        visits: dict[int, set[int]] = {}
        for (table, _), row in self.rows.items():
            receipt = self._receipts.get(row.posting_id) if table == "journal_entry" else None
            if receipt is not None and row.appointment_id is not None:
                visits.setdefault(receipt, set()).add(row.appointment_id)
        return {receipt: next(iter(found)) for receipt, found in visits.items() if len(found) == 1}

    def _said(self, place: Place, row: AnyRow) -> Since:
        goes = self.goes(place)
        anchor = self._anchor(place, row)
        can_choose = anchor is None and place[0] in _CHOOSABLE
        if anchor is not None:
            because = "Goes with its visit."
        elif can_choose:
            because = ""
        else:
            because = "Stays with the chart in which it was entered."
        return Since(place[0], place[1], columns.one_said(place[0]), _words(row), goes, can_choose, because)


def _words(row: AnyRow) -> str:
    """What a person knows a row by, of whatever table."""
    said: list[str] = []
    for name in (
        "starts",
        "received_on",
        "document_on",
        "answered_on",
        "written_at",
        "service_on",
        "added_at",
    ):
        value = getattr(row, name, None)
        if isinstance(value, datetime) and name == "starts":
            said.append(f"{us_date(value.date())}, {us_time(value)}")
        elif isinstance(value, date):
            said.append(us_date(value))
    for name in ("title", "subject", "reason", "sentence", "name", "street", "note"):
        value = getattr(row, name, None)
        if isinstance(value, str) and value:
            said.append(value)
            break
    total = getattr(row, "total_cents", None)
    if isinstance(total, int):
        said.append(dollars(total))
    number = getattr(row, "number", None)
    if isinstance(number, str):
        said.append(us_phone(number))
    elif isinstance(number, int):
        said.append(f"No. {number}")
    return ", ".join(said)
