"""What an agency collected: its list, whose each payment is, the fee, and nothing twice."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from frontdesk.formats.agency_csv import NotAnAgencyFile, read_agency
from frontdesk.kernel.errors import Conflict
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.agency_payment import AgencyPayment, AgencyRemittance
from frontdesk.models.billing.bank_credit import BankCredit
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import (
    agency_lines,
    agency_payments,
    balances,
    bank_credits,
    charges,
    collection_list,
    day_close,
    explain_amount,
    payments,
    receipts,
)
from frontdesk.services.billing.agency_lines import LineState, LineView, PaidTo, WrittenLine
from frontdesk.services.billing.agency_payments import Posted
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.explain_subject import About, Subject
from tests.builders.billing import at_work, paid
from tests.builders.collections import account, owing, placed, placed_before, today
from tests.builders.registration import danielle, patient
from tests.office import Office
from tests.refusal import refusal


def number(office: Office, whose: int) -> str:
    return next(r.account_number for r in office.ask(collection_list.worklist) if r.account_id == whose)


def at_agency(office: Office) -> tuple[int, int, str]:
    """Danielle, who owes $130.00 and whom the agency has: patient, account, its number."""
    dani = danielle(office)
    whose = owing(office, dani)
    placed(office, whose)
    return dani, whose, number(office, whose)


def line(
    office: Office, account: str, amount: str, fee: str = "", *, at: int = 2, to: str = "", name: str = ""
) -> WrittenLine:
    return WrittenLine(at, account, us_date(today(office)), amount, fee, to, name)


def previewed(office: Office, *lines: WrittenLine) -> tuple[LineView, ...]:
    return office.ask(agency_lines.preview, lines=lines).lines


def posted(office: Office, *lines: WrittenLine, file: str = "a1") -> Posted:
    ready = tuple(each.line for each in previewed(office, *lines) if each.state is LineState.READY)
    return office.do(agency_payments.post, lines=lines, file_sha256=file, ready=ready)


def owed(office: Office, whose: int) -> tuple[int, int]:
    balance = office.ask(balances.of_account, account_id=whose)
    return balance.patient_cents, balance.credit_cents


def test_a_payment_is_credited_whole_and_its_fee_stands_beside_the_receipt(office: Office) -> None:
    dani, whose, its_number = at_agency(office)
    made = posted(office, line(office, its_number, "60.00", "18.00"))
    assert (made.payments, made.collected_cents, made.fee_cents, made.bank_cents) == (1, 6000, 1800, 4200)
    assert owed(office, whose) == (7000, 0)
    (receipt,) = office.ask(receipts.of_patient, patient_id=dani)
    assert (receipt.total_cents, receipt.tenders) == (4200, "agency")
    (at_desk,) = office.ask(balances.lines_of_account, account_id=whose)
    assert (at_desk.patient_paid_cents, at_desk.adjusted_cents) == (4200, -1800)
    office.do(payments.void, receipt_id=receipt.id, reason="The agency's check came back")
    assert owed(office, whose) == (13000, 0)


def test_whoever_pays_the_agency_all_is_settled_and_what_is_too_much_is_a_credit(office: Office) -> None:
    _, whose, its_number = at_agency(office)
    (seen,) = previewed(office, line(office, its_number, "150.00", "45.00"))
    assert (seen.state, seen.words) == (LineState.READY, "Leaves a credit of $20.00.")
    posted(office, line(office, its_number, "150.00", "45.00"))
    assert owed(office, whose) == (0, 2000)
    assert [row.stage for row in office.ask(collection_list.worklist)] == []
    steps = office.ask(collection_list.detail, account_id=whose).steps
    assert (steps[0].stage, steps[0].words) == (Stage.SETTLED, "Paid in full through Cascade Recovery.")


def test_a_payment_at_our_desk_costs_a_fee_at_the_bank_and_nothing_of_the_household(office: Office) -> None:
    dani, _, its_number = at_agency(office)
    (seen,) = previewed(office, line(office, its_number, "50.00", "15.00", to="Office"))
    assert (seen.state, seen.words) == (
        LineState.UNMATCHED,
        "The office has no receipt of $50.00 near that day.",
    )
    paid(office, dani, 5000)
    direct = line(office, its_number, "50.00", "15.00", to="Office")
    made = posted(office, direct, line(office, its_number, "60.00", "18.00", at=3))
    assert (made.payments, made.bank_cents) == (2, 4200 - 1500)
    assert len(office.ask(receipts.of_patient, patient_id=dani)) == 2
    due = next(
        each
        for each in office.ask(bank_credits.expected, since=today(office), until=today(office))
        if each.due.agency_remittance_id is not None
    )
    assert (due.what, due.amount_cents) == ("Cascade Recovery, AR-0001", 2700)
    told = office.ask(
        explain_amount.amount, subject=Subject(About.COLLECTED, due.due.agency_remittance_id or 0)
    )
    assert (told.title, told.total_cents) == ("AR-0001 of Cascade Recovery", 2700)
    day = us_date(today(office))
    assert [(each.text, each.amount_cents) for each in told.sentences] == [
        (f"On {day} {its_number} paid the office $50.00: the agency's fee of it.", -1500),
        (f"On {day} {its_number} paid the agency $60.00.", 6000),
        (f"On {day} {its_number} paid the agency $60.00: the agency's fee of it.", -1800),
    ]
    office.do(bank_credits.find, due=due.due, seen_on=today(office), amount_cents=2700)
    with refusal("This was found on the statement already."):
        office.do(bank_credits.find, due=due.due, seen_on=today(office), amount_cents=2700)
    with pytest.raises(IntegrityError, match="one_or_the_other"), at_work(office) as work:
        work.session.execute(
            insert(BankCredit).values(
                id=work.new_id(),
                agency_remittance_id=due.due.agency_remittance_id,
                deposit_on=today(office),
                seen_on=today(office),
                amount_cents=1,
                note="",
                noted_at=work.now,
                noted_by="Nobody",
            )
        )


def test_each_refused_line_says_why_and_the_others_are_posted(office: Office) -> None:
    _, _, its_number = at_agency(office)
    walter = patient(office, "Walter", "Harris")
    office.do(charges.add_fee, patient_id=walter, label="Copies", amount_cents=9000, on=today(office))
    his = office.ask(collection_list.detail, account_id=account(office, walter))
    assert his.steps == ()
    with at_work(office) as work:
        his_number = work.get(Account, account(office, walter)).number
    lines = (
        line(office, its_number, "20.00", "5.00", at=2),
        line(office, "A-999999", "20.00", at=3),
        line(office, his_number, "20.00", at=4),
        line(office, its_number, "20.00", at=5, name="MILLER, JOHN"),
        line(office, its_number, "20.00", at=6),
        line(office, its_number, "-20.00", at=7),
        line(office, its_number, "30.00", "30.00", at=8),
        line(office, its_number, "thirty", at=9),
        WrittenLine(10, its_number, "someday", "30.00"),
        line(office, its_number, "31.00", to="the moon", at=11),
        WrittenLine(12, its_number, us_date(today(office) + timedelta(days=1)), "32.00"),
        WrittenLine(13, its_number, us_date(today(office) - timedelta(days=1)), "32.00"),
        line(office, its_number, "500.00", "200.00", at=14),
        line(office, "", "1.00", at=15),
    )
    made = posted(office, *lines)
    assert (made.payments, made.collected_cents) == (1, 2000)
    day = us_date(today(office))
    assert [(each.line, each.reason) for each in made.refused] == [
        (3, "No household has the account A-999999."),
        (4, "This household was never placed with an agency."),
        (
            5,
            ("The file names MILLER, JOHN, the account belongs to Danielle Foster. Say whose it is."),
        ),
        (6, "Line 2 says the same. Say if both are real."),
        (7, "The agency takes $20.00 back. Void the receipt that its payment made."),
        (8, "A fee of $30.00 on $30.00 cannot be right. Ask the agency."),
        (9, "“thirty” is not an amount."),
        (10, "“someday” is not a date."),
        (11, "“the moon” does not say who was paid: agency or office."),
        (12, f"{us_date(today(office) + timedelta(days=1))} has not come yet."),
        (13, f"It was placed on {day}, after {us_date(today(office) - timedelta(days=1))}."),
        (
            14,
            (
                "The household owes $110.00, so a fee of $200.00 cannot be written off. "
                "Enter what came in by hand, without the fee."
            ),
        ),
        (15, "The line names no account."),
    ]


def test_a_person_says_whose_an_unclear_line_is(office: Office) -> None:
    dani, whose, its_number = at_agency(office)
    lines = (
        line(office, its_number, "20.00", "5.00", at=2),
        line(office, "??", "30.00", "6.00", at=3, name="MILLER, JOHN"),
        line(office, its_number, "20.00", "5.00", at=4),
    )
    told = office.ask(agency_lines.preview, lines=lines)
    assert (told.ready, told.collected_cents, told.fee_cents) == ((2,), 2000, 500)
    assert [each.is_open for each in told.lines] == [False, True, True]
    said = (lines[0], replace(lines[1], patient_id=dani), replace(lines[2], is_another=True))
    told = office.ask(agency_lines.preview, lines=said)
    assert (told.ready, told.collected_cents, told.fee_cents) == ((2, 3, 4), 7000, 1600)
    made = posted(office, *said)
    assert (made.payments, made.collected_cents, made.refused) == (3, 7000, ())
    assert office.ask(balances.of_account, account_id=whose).patient_cents == 13000 - 7000


def test_nothing_is_posted_twice_and_nothing_by_halves(office: Office) -> None:
    _, whose, its_number = at_agency(office)
    first = line(office, its_number, "60.00", "18.00")
    posted(office, first)
    day = us_date(today(office))
    assert (
        office.ask(agency_payments.posted_as, file_sha256="a1")
        == f"This file was posted on {day} as AR-0001."
    )
    with refusal(f"This file was posted on {day} as AR-0001. Nothing was posted."):
        posted(office, first)
    with refusal("No line of this file can be posted. Each says why."):
        posted(office, first, file="b2")
    (seen,) = previewed(office, first)
    assert seen.words == "The same payment was posted before, in AR-0001."
    with pytest.raises(Conflict, match="nothing was posted"):
        office.do(agency_payments.post, lines=(first,), file_sha256="b2", ready=(2,))
    assert owed(office, whose) == (7000, 0)
    for table, column in ((AgencyRemittance, "agency"), (AgencyPayment, "line")):
        with pytest.raises(IntegrityError, match="append_only_agency"), at_work(office) as work:
            work.session.execute(update(table).values({column: "9"}))


def test_one_payment_by_hand(office: Office) -> None:
    dani, whose, _ = at_agency(office)

    def by_hand(cents: int, fee: int, *, to: PaidTo = PaidTo.AGENCY, another: bool = False) -> Posted:
        return office.do(
            agency_payments.record,
            account_id=whose,
            paid_on=today(office),
            amount_cents=cents,
            fee_cents=fee,
            paid_to=to,
            is_another=another,
        )

    with refusal("Enter an amount above zero."):
        by_hand(0, 0)
    with refusal("The fee is a part of what was paid, or nothing."):
        by_hand(1000, 1000)
    with refusal("The office has no receipt of $10.00 near that day. Take the payment at the desk first."):
        by_hand(1000, 100, to=PaidTo.OFFICE)
    assert by_hand(1000, 300).bank_cents == 700
    with refusal("The same payment was posted before, in AR-0001. Say that it is another."):
        by_hand(1000, 300)
    by_hand(1000, 300, another=True)
    assert owed(office, whose) == (11000, 0)
    walter = patient(office, "Walter", "Harris")
    office.do(charges.add_fee, patient_id=walter, label="Copies", amount_cents=9000, on=today(office))
    with refusal("This household was never placed with an agency. Take the payment at the desk."):
        office.do(
            agency_payments.record,
            account_id=account(office, walter),
            paid_on=today(office),
            amount_cents=100,
            fee_cents=0,
            paid_to=PaidTo.AGENCY,
        )
    with at_work(office) as work:
        placed_before(work, account_id=account(office, dani))


def test_the_agencys_money_is_in_no_drawer_and_the_day_closes(office: Office) -> None:
    _, _, its_number = at_agency(office)
    posted(office, line(office, its_number, "60.00", "18.00"))
    day = office.ask(day_close.state, on=today(office))
    assert (day.drawers, day.can_close) == ((), True)
    with refusal("What an agency paid is entered in Collections."):
        office.do(
            payments.take,
            payment=payments.Payment(
                danielle_again(office),
                (payments.Tender(payments.TenderKind.AGENCY, 100),),
                (Allocation("prepayment", 100),),
            ),
        )


def danielle_again(office: Office) -> int:
    with at_work(office) as work:
        return work.session.scalars(select(Receipt.patient_id)).one()


def test_the_file_says_which_columns_are_missing(tmp_path: Path) -> None:
    file = tmp_path / "july.csv"
    file.write_text(
        "Client Ref,Debtor,Payment Date,Amount Paid,Commission,Paid To\r\n"
        '\'A-10001,"Foster, Danielle",07/14/2026,60.00,18.00,Agency\r\n\r\n'
    )
    sheet = read_agency(file)
    (read,) = sheet.lines
    assert (read.line, read.account, read.name, read.amount, read.fee, read.paid_to) == (
        2,
        "A-10001",
        "Foster, Danielle",
        "60.00",
        "18.00",
        "Agency",
    )
    assert ("fee", "Commission") in sheet.columns
    file.write_text("Account,When\r\nA-1,today\r\n")
    with pytest.raises(NotAnAgencyFile, match="Line 1 has no column for: date paid, amount"):
        read_agency(file)
    file.write_text("Account,Date,Amount\r\n")
    with pytest.raises(NotAnAgencyFile, match="lists no payments"):
        read_agency(file)
    assert date(2026, 7, 14) == agency_lines._date("2026-07-14")
