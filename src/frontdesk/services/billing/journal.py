"""Writing the ledger: the one door through which every cent goes, and its reversal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.day_close import DayClose
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.services import audit
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("posting_sums", "The entries do not add up to the amount. Nothing was posted.")
says("posting_is_complete", "This posting is complete. Post a correction instead.")
says("reversal_mirrors_its_entry", "A reversal must mirror what it reverses. Nothing was posted.")
says("reversal_is_whole", "A posting is reversed as a whole or not at all. Nothing was posted.")
says("transfer_nets_to_zero", "What leaves one side must arrive on the other. Nothing was posted.")
says("receipt_is_posted_whole", "The whole receipt must be posted. Nothing was posted.")
says("charge_entry_is_its_line", "The charge does not match its line. Nothing was posted.")
says("day_is_sealed", "That day is closed. Post this on the next open day.", field="posted_on")
says("uq_posting_reverses_id", "This was already reversed at another desk.")
says("uq_journal_entry_one_charge", "This line was already charged at another desk.")
for _table in ("posting", "journal_entry"):
    says(f"append_only_{_table}", "The ledger is never changed. Post a correction instead.")


_NO_LINE = (None, None, None)
Values = dict[str, Any]  # Any: column values


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount to post. Positive raises what is owed, negative lowers it.

    On a charge line the account and patient come from the line. Without a line it is money not
    applied yet: of an account, or (`account_id` empty) of a payer.
    """

    kind: EntryKind
    amount_cents: int
    responsible: Party
    charge_line_id: int | None = None
    account_id: int | None = None
    patient_id: int | None = None
    payer_id: int | None = None
    appointment_id: int | None = None
    """The visit for which unapplied money is held."""
    group_code: str = ""
    """CAS01: CO, PR, OA, PI."""
    reason_code: str = ""
    """CARC, the number only."""
    aged_from_on: date | None = None
    """The day the party became responsible; the posting's day when empty."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A posting to be written: its entries stand or fall together."""

    kind: PostingKind
    entries: tuple[Entry, ...]
    reason: str = ""
    receipt_id: int | None = None
    remittance_id: int | None = None
    remittance_claim_id: int | None = None
    posted_on: date | None = None
    """An open day; the first open one from today when empty."""


def post(work: Work, draft: Draft) -> int:
    """Write one posting and give its id."""
    return post_all(work, (draft,))[0]


def post_all(work: Work, drafts: Iterable[Draft]) -> tuple[int, ...]:
    """Write many postings with two round trips to the database, and give their ids."""
    drafts = tuple(drafts)
    lines = _lines_of(work, drafts)
    today = open_day(work)
    postings: list[Values] = []
    entries: list[Values] = []
    for draft in drafts:
        posted_on = draft.posted_on or today
        if draft.posted_on:
            refuse_sealed(work, draft.posted_on)
        posting = _posting(work, draft.kind, posted_on, draft.reason) | {
            "receipt_id": draft.receipt_id,
            "remittance_id": draft.remittance_id,
            "remittance_claim_id": draft.remittance_claim_id,
            "total_cents": sum(entry.amount_cents for entry in draft.entries),
        }
        postings.append(posting)
        for entry in draft.entries:
            account_id, patient_id, appointment_id = lines.get(entry.charge_line_id, _NO_LINE)
            entries.append(
                {
                    "id": work.new_id(),
                    "posting_id": posting["id"],
                    "posted_on": posted_on,
                    "kind": entry.kind,
                    "responsible": entry.responsible,
                    "amount_cents": entry.amount_cents,
                    "aged_from_on": entry.aged_from_on or posted_on,
                    "account_id": entry.account_id or account_id,
                    "patient_id": entry.patient_id or patient_id,
                    "payer_id": entry.payer_id,
                    "charge_line_id": entry.charge_line_id,
                    "appointment_id": entry.appointment_id or appointment_id,
                    "group_code": entry.group_code,
                    "reason_code": entry.reason_code,
                    "reverses_id": None,
                }
            )
    _write(work, entries, postings)
    return tuple(posting["id"] for posting in postings)


def reverse(
    work: Work,
    *,
    posting_id: int,
    kind: PostingKind,
    reason: str,
    remittance_id: int | None = None,
    remittance_claim_id: int | None = None,
    posted_on: date | None = None,
) -> int:
    """Write the mirror of a posting, entry by entry, and give its id.

    Raises Refused when it was reversed before.
    """
    named = {"remittance_id": remittance_id, "remittance_claim_id": remittance_claim_id}
    return _reverse(work, {posting_id: named}, kind, reason, posted_on)[0]


def reverse_all(
    work: Work, posting_ids: Collection[int], *, kind: PostingKind, reason: str
) -> tuple[int, ...]:
    """The mirrors of many postings, each with the remittance of what it mirrors; their ids.

    Raises Refused when one of them was reversed before; nothing is written then.
    """
    return _reverse(work, dict.fromkeys(posting_ids), kind, reason, None)


def _reverse(
    work: Work,
    wanted: Mapping[int, Values | None],
    kind: PostingKind,
    reason: str,
    posted_on: date | None,
) -> tuple[int, ...]:
    if work.session.scalar(select(Posting.id).where(Posting.reverses_id.in_(wanted)).limit(1)):
        raise Refused(Finding("This was already reversed. Nothing was posted."))
    posted_on = posted_on or open_day(work)
    postings: dict[int, Values] = {}
    for original in work.session.scalars(select(Posting).where(Posting.id.in_(wanted)).order_by(Posting.id)):
        named = wanted[original.id] or {
            "remittance_id": original.remittance_id,
            "remittance_claim_id": original.remittance_claim_id,
        }
        postings[original.id] = _posting(work, kind, posted_on, reason) | {
            "receipt_id": original.receipt_id,
            **named,
            "total_cents": -original.total_cents,
            "reverses_id": original.id,
        }
    mirrored: list[Values] = [
        {
            "id": work.new_id(),
            "posting_id": postings[entry.posting_id]["id"],
            "posted_on": posted_on,
            "kind": entry.kind,
            "responsible": entry.responsible,
            "amount_cents": -entry.amount_cents,
            "aged_from_on": entry.aged_from_on,
            "account_id": entry.account_id,
            "patient_id": entry.patient_id,
            "payer_id": entry.payer_id,
            "charge_line_id": entry.charge_line_id,
            "appointment_id": entry.appointment_id,
            "group_code": entry.group_code,
            "reason_code": entry.reason_code,
            "reverses_id": entry.id,
        }
        for entry in work.session.execute(
            # As plain rows: there may be thousands.
            select(*JournalEntry.__table__.columns)
            .where(JournalEntry.posting_id.in_(wanted))
            .order_by(JournalEntry.id)
        )
    ]
    _write(work, mirrored, list(postings.values()))
    return tuple(posting["id"] for posting in postings.values())


def last_closed_on(work: Work) -> date | None:
    """The last sealed day; everything up to it is sealed."""
    return work.session.scalar(select(func.max(DayClose.closed_on)))


def open_day(work: Work) -> date:
    """The day an entry made now belongs to: today, or tomorrow once today is closed."""
    closed_on = last_closed_on(work)
    return work.today if closed_on is None else max(work.today, closed_on + timedelta(days=1))


def refuse_sealed(work: Work, posted_on: date) -> None:
    """Raise Refused for a day that is closed, naming the day where the entry belongs."""
    if posted_on < open_day(work) and posted_on <= (last_closed_on(work) or date.min):
        raise Refused(
            Finding(
                f"{weekday_date(posted_on)} is closed. This entry belongs on {weekday_date(open_day(work))}.",
                field="posted_on",
            )
        )


def _posting(work: Work, kind: PostingKind, posted_on: date, reason: str) -> Values:
    return {
        "id": work.new_id(),
        "kind": kind,
        "posted_on": posted_on,
        "posted_at": work.now,
        "user_id": work.actor.user_id,
        "station_id": work.station.id,
        "reason": reason.strip(),
        "reverses_id": None,
    }


def _write(work: Work, entries: list[Values], postings: list[Values]) -> None:
    assert work.in_turn, "a command that posts says so where it is declared: in_turn=True"
    # Entries first: the database adds them up when their posting arrives.
    if postings:
        audit.insert_rows(work, JournalEntry, entries)
        audit.insert_rows(work, Posting, postings)


def _lines_of(work: Work, drafts: tuple[Draft, ...]) -> dict[int | None, tuple[int, int, int | None]]:
    """By charge line: whose account it is on, of which patient and visit."""
    wanted = {entry.charge_line_id for draft in drafts for entry in draft.entries if entry.charge_line_id}
    if not wanted:
        return {}
    work.flush()
    line = ChargeLine
    found = work.session.execute(
        select(line.id, line.account_id, line.patient_id, line.appointment_id).where(line.id.in_(wanted))
    )
    return {id: (account_id, patient_id, visit_id) for id, account_id, patient_id, visit_id in found}
