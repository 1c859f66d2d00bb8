"""The ledger of past visits: superbills, charges, copays, what insurers decided, what patients paid.

Written as the billing services write it, posting by posting, so that every balance explains itself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, NamedTuple

from frontdesk.demo.book import Visit
from frontdesk.demo.bulk import Rows
from frontdesk.demo.care import Care, care_for
from frontdesk.demo.office import allowed_cents
from frontdesk.demo.setting import Setting, SoldPlan
from frontdesk.demo.week import instant
from frontdesk.models.billing.charges import ChargeLine, Superbill, SuperbillDiagnosis, SuperbillState
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind

CONTRACT: Final = ("CO", "45")
DEDUCTIBLE: Final = ("PR", "1")
COINSURANCE: Final = ("PR", "2")
COPAY: Final = ("PR", "3")


@dataclass(slots=True)
class Charged:
    """A charge line, and how much of it each side still owes."""

    id: int
    code: str
    cents: int
    payer_cents: int
    patient_cents: int = 0


@dataclass(slots=True)
class Bill:
    """A visit's superbill with its lines."""

    visit: Visit
    superbill_id: int
    number: int
    service_on: date
    care: Care
    lines: list[Charged]
    sold: SoldPlan | None
    entered_on: date


@dataclass(frozen=True, slots=True)
class Share:
    """What an insurer decided on one line; `patient` by group and reason code."""

    line: Charged
    paid_cents: int
    contract_cents: int
    patient: tuple[tuple[tuple[str, str], int], ...]


@dataclass(slots=True)
class Held:
    """A receipt's money that is on no line yet."""

    receipt_id: int
    appointment_id: int | None
    cents: int


class Entry(NamedTuple):
    """One amount of a posting, on a line or (none) not applied yet."""

    kind: EntryKind
    cents: int
    party: Party
    line: Charged | None = None
    codes: tuple[str, str] = ("", "")


class Ledger:
    """Writes superbills, postings and receipts."""

    def __init__(self, rows: Rows, setting: Setting, chance: Random) -> None:
        self.rows = rows
        self.setting = setting
        self.chance = chance
        self.numbers: Counter[str] = Counter()
        station = rows.work.station
        self.drawer_id = rows.add(
            CashDrawer, name=f"{station.name} drawer", station_id=station.id, float_cents=20_000
        )

    def issue(self, visit: Visit) -> None:
        """The superbill of a visit that is under way, or not back from the room yet."""
        state = SuperbillState.RETURNED if visit.is_done else SuperbillState.ISSUED
        self._superbill(visit, state, None)

    def charge(self, visit: Visit, *, entered_on: date, care: Care | None = None) -> Bill:
        """The superbill of a past visit, entered and released, with its charges in the ledger."""
        planned = visit.planned
        on = planned.starts.date()
        person = planned.person
        care = care or care_for(planned.reason, person.born_on, on)
        sold = self.setting.plans[person.plan] if person.plan else None
        superbill_id, number = self._superbill(visit, SuperbillState.RELEASED, entered_on)
        for place, found in enumerate(care.diagnoses, 1):
            label = self.setting.diagnoses.get(found, found)
            self.rows.add(SuperbillDiagnosis, superbill_id=superbill_id, place=place, code=found, label=label)
        bill = Bill(visit, superbill_id, number, on, care, [], sold, entered_on)
        for place, line in enumerate(care.lines, 1):
            code = self.setting.codes[line.code]
            line_id = self.rows.add(
                ChargeLine,
                patient_id=person.id,
                account_id=person.account_id,
                superbill_id=superbill_id,
                appointment_id=visit.id,
                provider_id=planned.provider_id,
                coverage_id=person.coverage_id,
                service_on=on,
                place=place,
                code=code.code,
                label=code.label,
                modifiers=line.modifiers,
                units=1,
                amount_cents=code.cents,
                diagnosis_pointers=line.pointers,
            )
            charged = Charged(
                line_id, code.code, code.cents, code.cents if sold else 0, 0 if sold else code.cents
            )
            bill.lines.append(charged)
            party = Party.PAYER if sold else Party.PATIENT
            entry = Entry(EntryKind.CHARGE, code.cents, party, charged)
            at = datetime.combine(entered_on, time(9, 5))
            self._post_for(visit, PostingKind.CHARGE, at, [entry], sold=sold, aged_from=on)
        return bill

    def take(self, visit: Visit, cents: int, at: datetime, *, for_visit: bool = True) -> Held:
        """A receipt at the desk; its money is held for the visit, or for whatever comes."""
        person = visit.planned.person
        self.numbers["receipt"] += 1
        appointment_id = visit.id if for_visit else None
        kind = self.chance.choices((TenderKind.CARD, TenderKind.CASH, TenderKind.CHECK), (66, 22, 12))[0]
        handed = -(-cents // 1000) * 1000
        receipt_id = self.rows.add(
            Receipt,
            number=self.numbers["receipt"],
            account_id=person.account_id,
            patient_id=person.id,
            appointment_id=appointment_id,
            drawer_id=self.drawer_id,
            received_on=at.date(),
            received_at=instant(at),
            received_by=self.setting.user_names[self.setting.users["dana"]],
            total_cents=cents,
        )
        self.rows.add(
            ReceiptTender,
            receipt_id=receipt_id,
            kind=kind,
            amount_cents=cents,
            tendered_cents=handed if kind is TenderKind.CASH else None,
            check_number=str(self.chance.randrange(1000, 9999)) if kind is TenderKind.CHECK else "",
            card_brand=self.chance.choice(("Visa", "Mastercard")) if kind is TenderKind.CARD else "",
            card_last4=f"{self.chance.randrange(10_000):04d}" if kind is TenderKind.CARD else "",
            card_auth=f"{self.chance.randrange(10**6):06d}" if kind is TenderKind.CARD else "",
        )
        entry = Entry(EntryKind.UNAPPLIED, -cents, Party.PATIENT)
        self._post_for(
            visit, PostingKind.RECEIPT, at, [entry], receipt_id=receipt_id, held_for=appointment_id
        )
        return Held(receipt_id, appointment_id, cents)

    def decide(
        self, bill: Bill, shares: list[Share], on: date, *, remittance_id: int, answer_id: int
    ) -> None:
        """Post what the insurer paid, wrote off and left to the patient, by its remittance."""
        entries = []
        for share in shares:
            line = share.line
            if share.paid_cents:
                entries.append(Entry(EntryKind.PAYMENT, -share.paid_cents, Party.PAYER, line))
            if share.contract_cents:
                entries.append(
                    Entry(EntryKind.CONTRACTUAL, -share.contract_cents, Party.PAYER, line, CONTRACT)
                )
            line.payer_cents -= share.paid_cents + share.contract_cents
            for codes, cents in share.patient:
                entries.append(Entry(EntryKind.TRANSFER, -cents, Party.PAYER, line, codes))
                entries.append(Entry(EntryKind.TRANSFER, cents, Party.PATIENT, line, codes))
                line.payer_cents -= cents
                line.patient_cents += cents
        at = datetime.combine(on, time(9, 5))
        self._post_for(
            bill.visit,
            PostingKind.REMITTANCE,
            at,
            entries,
            sold=bill.sold,
            remittance_id=remittance_id,
            remittance_claim_id=answer_id,
        )

    def apply(self, bill: Bill, held: Held, on: datetime) -> None:
        """Put held money on what the patient owes of the visit, line by line."""
        for line in bill.lines:
            cents = min(held.cents, line.patient_cents)
            if cents <= 0:
                continue
            held.cents -= cents
            line.patient_cents -= cents
            entries = [
                Entry(EntryKind.UNAPPLIED, cents, Party.PATIENT),
                Entry(EntryKind.PAYMENT, -cents, Party.PATIENT, line),
            ]
            self._post_for(
                bill.visit,
                PostingKind.APPLICATION,
                on,
                entries,
                receipt_id=held.receipt_id,
                held_for=held.appointment_id,
            )

    def _superbill(self, visit: Visit, state: SuperbillState, entered_on: date | None) -> tuple[int, int]:
        planned = visit.planned
        self.numbers["superbill"] += 1
        number = self.numbers["superbill"]
        assert visit.at.arrived_at is not None, "a superbill is issued at arrival"
        returned = visit.at.completed_at if state is not SuperbillState.ISSUED else None
        entered = instant(datetime.combine(entered_on, time(9, 5))) if entered_on else None
        id = self.rows.add(
            Superbill,
            number=number,
            appointment_id=visit.id,
            patient_id=planned.person.id,
            provider_id=planned.provider_id,
            service_on=planned.starts.date(),
            state=state,
            coverage_id=planned.person.coverage_id,
            issued_at=visit.at.arrived_at,
            returned_at=returned,
            entered_at=entered,
            entered_by_id=self.setting.users["bill"] if entered else None,
            checked_at=entered + timedelta(hours=1) if entered else None,
            released_at=entered + timedelta(hours=2) if entered else None,
        )
        return id, number

    def _post_for(
        self,
        visit: Visit,
        kind: PostingKind,
        at: datetime,
        entries: list[Entry],
        *,
        sold: SoldPlan | None = None,
        aged_from: date | None = None,
        held_for: int | None = None,
        receipt_id: int | None = None,
        remittance_id: int | None = None,
        remittance_claim_id: int | None = None,
    ) -> None:
        if not entries:
            return
        person = visit.planned.person
        at_desk = kind in (PostingKind.RECEIPT, PostingKind.APPLICATION)
        posting_id = self.rows.add(
            Posting,
            kind=kind,
            posted_on=at.date(),
            posted_at=instant(at),
            user_id=self.setting.users["dana" if at_desk else "bill"],
            station_id=self.rows.work.station.id,
            total_cents=sum(entry.cents for entry in entries),
            receipt_id=receipt_id,
            remittance_id=remittance_id,
            remittance_claim_id=remittance_claim_id,
        )
        for entry in entries:
            self.rows.add(
                JournalEntry,
                posting_id=posting_id,
                posted_on=at.date(),
                kind=entry.kind,
                responsible=entry.party,
                amount_cents=entry.cents,
                aged_from_on=aged_from or at.date(),
                account_id=person.account_id,
                patient_id=person.id,
                payer_id=sold.payer_id if sold and not at_desk else None,
                charge_line_id=entry.line.id if entry.line else None,
                appointment_id=visit.id if entry.line else held_for,
                group_code=entry.codes[0],
                reason_code=entry.codes[1],
            )


def usual_shares(bill: Bill, chance: Random) -> list[Share]:
    """What the contract allows, less the copay and perhaps a deductible or coinsurance."""
    assert bill.sold is not None
    plan = bill.sold.plan
    copay = plan.copay_cents or 0
    meets_deductible = bool(plan.deductible_cents) and chance.random() < 0.12
    found = []
    for line in bill.lines:
        allowed = allowed_cents(line.cents, plan.allows_percent)
        patient: list[tuple[tuple[str, str], int]] = []
        if copay:
            mine = min(copay, allowed)
            copay -= mine
            patient.append((COPAY, mine))
        left = allowed - sum(cents for _, cents in patient)
        if meets_deductible and left:
            patient.append((DEDUCTIBLE, left))
        elif plan.key == "medicare" and left:
            patient.append((COINSURANCE, left // 5))
        share = sum(cents for _, cents in patient)
        found.append(Share(line, allowed - share, line.cents - allowed, tuple(patient)))
    return found


def office_day(on: date, setting: Setting) -> date:
    """The day itself, or the next on which the office is open."""
    while on.weekday() > 4 or on in setting.holidays:
        on += timedelta(days=1)
    return on
