"""What became of the past visits' money: billed, decided, paid; some of it still open, as in any office."""

from datetime import date, datetime, time, timedelta
from random import Random

from frontdesk.demo.book import Visit
from frontdesk.demo.money import YESTERDAY, Bill, Held, Ledger, office_day, usual_shares
from frontdesk.models.registration.payer import PayerKind



def settle(ledger: Ledger, visit: Visit, *, in_full: bool = False) -> Bill | None:
    """Bill one completed visit and let its money run its course until now; `in_full` leaves nothing open."""
    chance, setting = ledger.chance, ledger.setting
    on = visit.planned.starts.date()
    held = _copay(ledger, visit, always=in_full)
    entered_on = office_day(on + timedelta(days=chance.randrange(1, 3)), setting)
    if entered_on > YESTERDAY:
        ledger.issue(visit)
        return None
    bill = ledger.charge(visit, entered_on=entered_on)
    if bill.sold is None:
        _pay_rest(ledger, bill, office_day(entered_on, setting), in_full=in_full)
        return bill
    decided_on = office_day(entered_on + timedelta(days=_days_to_pay(chance, bill)), setting)
    if decided_on > YESTERDAY:
        return bill
    ledger.decide(bill, usual_shares(bill, chance), decided_on)
    if held is not None:
        ledger.apply(bill, held, datetime.combine(decided_on, time(9, 30)))
    _pay_rest(ledger, bill, decided_on, in_full=in_full)
    return bill


def _copay(ledger: Ledger, visit: Visit, *, always: bool) -> Held | None:
    person = visit.planned.person
    copay = ledger.setting.plans[person.plan].plan.copay_cents if person.plan else None
    if not copay or not (always or ledger.chance.random() < 0.9):
        return None
    at = visit.planned.starts - timedelta(minutes=4)
    return ledger.take(visit, copay, at)


def _days_to_pay(chance: Random, bill: Bill) -> int:
    assert bill.sold is not None
    quick = bill.sold.plan.payer.kind in (PayerKind.MEDICARE, PayerKind.BLUE)
    return chance.randrange(13, 18) if quick else chance.randrange(15, 32)


def _pay_rest(ledger: Ledger, bill: Bill, since: date, *, in_full: bool) -> None:
    """The patient pays what is left to them, at once, after a statement, or not yet."""
    due = sum(line.patient_cents for line in bill.lines)
    if due <= 0:
        return
    paid_on = office_day(since + timedelta(days=2 if in_full else ledger.chance.randrange(3, 40)), ledger.setting)
    if paid_on > YESTERDAY or not (in_full or ledger.chance.random() < 0.8):
        return
    at = datetime.combine(paid_on, time(10 + ledger.chance.randrange(6), 15))
    held = ledger.take(bill.visit, due, at, for_visit=False)
    ledger.apply(bill, held, at)


