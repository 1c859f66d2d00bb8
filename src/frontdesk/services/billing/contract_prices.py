"""What a payer's contract allows for a service: by code and modifier, by its list or a share of another."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, true

from frontdesk.models.billing.codes import Fee, FeeSchedule
from frontdesk.services.work import Work

PRICING = frozenset(
    "22 26 50 51 52 53 54 55 56 62 66 73 74 78 80 81 82 AA AD AS CO CQ NU QK QX QY QZ RR TC UE".split()
)
"""Modifiers by which a service is priced apart (CPT appendix A, HCPCS): without an entry of its own,
such a line has no price that could be compared."""


@dataclass(frozen=True, slots=True)
class ContractPrice:
    """What one unit of a line is worth, and by which list."""

    unit_cents: int
    list_name: str
    of: str
    """The entry that was found: "99213", or "71046-26"."""


@dataclass(frozen=True, slots=True)
class _List:
    id: int
    name: str
    effective_on: date
    expires_on: date | None
    base_id: int | None
    percent_tenths: int | None


class Contracts:
    """All contracts and the lists they rest on, or those of one payer, read once; then asked line by line."""

    def __init__(self, work: Work, *, payer_id: int | None = None, code: str = "") -> None:
        self._lists: dict[int, list[_List]] = {}
        wanted: set[int] = set()
        for row in work.session.scalars(
            select(FeeSchedule)
            .where(
                FeeSchedule.is_contract.is_(True),
                FeeSchedule.payer_id == payer_id if payer_id is not None else true(),
            )
            .order_by(FeeSchedule.effective_on.desc(), FeeSchedule.id.desc())
        ):
            assert row.payer_id is not None, "a contract has a payer"
            wanted |= {row.id} if row.base_id is None else {row.id, row.base_id}
            self._lists.setdefault(row.payer_id, []).append(
                _List(row.id, row.name, row.effective_on, row.expires_on, row.base_id, row.percent_tenths)
            )
        self._fees: dict[tuple[int, str], list[tuple[date, date | None, int]]] = {}
        for fee in work.session.execute(
            select(Fee.fee_schedule_id, Fee.code, Fee.effective_on, Fee.expires_on, Fee.amount_cents)
            .where(Fee.fee_schedule_id.in_(sorted(wanted)), Fee.code == code if code else true())
            .order_by(Fee.effective_on.desc())
        ):
            self._fees.setdefault((fee[0], fee[1]), []).append((fee[2], fee[3], fee[4]))

    @property
    def payers(self) -> tuple[int, ...]:
        """Payers with whom a contract is on file."""
        return tuple(sorted(self._lists))

    def price(self, payer_id: int, code: str, modifiers: str, on: date) -> ContractPrice | None:
        """The price of one unit on a day; None where the contract says nothing that could be compared.

        An entry with a modifier of the line ("71046-26") goes before the code's own.
        """
        given = modifiers.split()
        entries = [f"{code}-{modifier}" for modifier in given]
        if not PRICING.intersection(given):
            entries.append(code)
        for schedule in self._lists.get(payer_id, ()):
            if not _covers(schedule.effective_on, schedule.expires_on, on):
                continue
            for entry in entries:
                cents = self._cents(schedule, entry, on)
                if cents is not None:
                    return ContractPrice(cents, schedule.name, entry)
        return None

    def _cents(self, schedule: _List, entry: str, on: date) -> int | None:
        own = self._fee(schedule.id, entry, on)
        if own is not None or schedule.base_id is None or schedule.percent_tenths is None:
            return own
        base = self._fee(schedule.base_id, entry, on)
        return None if base is None else share(base, schedule.percent_tenths)

    def _fee(self, schedule_id: int, entry: str, on: date) -> int | None:
        found = self._fees.get((schedule_id, entry), ())
        return next((cents for since, until, cents in found if _covers(since, until, on)), None)


def share(cents: int, tenths: int) -> int:
    """So many tenths of a percent of an amount, to the cent, half a cent up."""
    return (cents * tenths + 500) // 1000


def _covers(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or until >= on)
