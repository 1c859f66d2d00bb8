"""The billing dashboard: key figures and charts of a period, the same for the window, CSV and PDF."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import counted, us_date
from frontdesk.services.billing import (
    reports_claims,
    reports_denials,
    reports_money,
    reports_trend,
    underpaid,
)
from frontdesk.services.billing.denial_causes import CAUSE_WORDS, OWNER_WORDS
from frontdesk.services.billing.reports_claims import ClaimFigures
from frontdesk.services.billing.reports_denials import Denials
from frontdesk.services.billing.reports_filter import ChartName as ChartName
from frontdesk.services.billing.reports_filter import FigureName as FigureName
from frontdesk.services.billing.reports_filter import Wanted, of_claims
from frontdesk.services.billing.reports_money import Collected, Income, Owed, Receivable, Unbilled
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.billing.underpaid import Below
from frontdesk.services.command import query
from frontdesk.services.work import Work

AGES = ("Up to 30 days", "31 to 60", "61 to 90", "Over 90", "Credit")
_PAYERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure as it is written, and what it is made of."""

    name: FigureName
    title: str
    value: str
    """ "84.6 %"; a dash where there is nothing to reckon with."""
    made_of: str
    """ "66 of 78 claims"."""
    rule: str
    """How it is reckoned, in a sentence, with the source."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A bar or a point: its name, an amount for each column, and what it is of."""

    name: str
    values: tuple[float, ...]
    about: Hashable
    """A payer's id, a cause, an owner, the first day of a month; see `reports_behind`."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to draw and to write."""

    name: ChartName
    title: str
    row_title: str
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    unit: Literal["cents", "days"]
    opens: bool = True
    """Whether what is behind a bar can be listed."""

    def said(self, value: float) -> str:
        """A value as it is written."""
        return dollars(int(value)) if self.unit == "cents" else f"{value:.1f}"

    def total(self, row: ChartRow) -> float:
        """The whole bar."""
        return sum(row.values)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All of a period."""

    wanted: Wanted
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing was charged, owed, answered or received."""
        return not any(any(row.values) for chart in self.charts for row in chart.rows)


@query(permission="billing.view")
def dashboard(work: Work, *, wanted: Wanted) -> Dashboard:
    """The key figures and charts."""
    owed = reports_money.receivable(work, wanted=wanted)
    denied = reports_denials.denials(work, wanted=wanted)
    claims = reports_claims.claim_figures(work, wanted=wanted)
    money = reports_money.collected(work, wanted=wanted)
    unbilled = reports_money.unbilled(work, wanted=wanted)
    months = reports_money.months(work, wanted=wanted)
    below = underpaid.below(work, of_claims(wanted), since=wanted.since_on, until=wanted.until_on)
    trend = reports_trend.days_by_month(work, wanted=wanted)
    charts = (
        _owed_chart(owed),
        Chart(
            ChartName.MONTHS,
            "Money received by month",
            "Month",
            ("Insurers", "Patients"),
            tuple(
                ChartRow(f"{month.first:%b %Y}", (month.payer_cents, month.patient_cents), month.first)
                for month in months
            ),
            "cents",
        ),
        _causes_chart(denied),
        _owners_chart(denied),
        Chart(
            ChartName.DAYS,
            "Days in A/R at each month's end",
            "Month",
            ("Days in A/R",),
            tuple(
                ChartRow(f"{each.first:%b %Y}", (each.days,), each.first)
                for each in trend
                if each.days is not None
            ),
            "days",
            opens=False,
        ),
    )
    income = reports_money.income(work, wanted=wanted)
    return Dashboard(wanted, _figures(owed, claims, money, unbilled, below, income), charts)


def _figures(
    owed: Receivable,
    claims: ClaimFigures,
    money: Collected,
    unbilled: Unbilled,
    below: Below,
    income: Income,
) -> tuple[Figure, ...]:
    name = FigureName
    due = money.charged_cents + money.contract_cents
    return (
        Figure(
            name.RECEIVABLE,
            "A/R",
            dollars(owed.total.total),
            f"on {us_date(owed.on)}",
            "What payers and patients owe, less what they have to the good.",
        ),
        Figure(
            name.DAYS,
            "Days in A/R",
            _number(owed.days),
            f"of {dollars(owed.charged_cents)} in 90 days",
            "A/R over the average daily charge of the 90 days before (MGMA; HFMA MAP Key AR-1).",
        ),
        Figure(
            name.FIRST_PASS,
            "First-pass rate",
            _percent(claims.first_pass.percent),
            f"{claims.first_pass.part} of {claims.first_pass.whole} answered",
            "Claims sent once, not rejected and not denied, of all claims first answered (MGMA).",
        ),
        Figure(
            name.CLEAN,
            "Clean-claim rate",
            _percent(claims.clean.percent),
            f"{claims.clean.part} of {claims.clean.whole} claims sent",
            "Claims that went out as they were made and were not rejected, of all first sent (HFMA MAP Key).",
        ),
        Figure(
            name.DENIED,
            "Denial rate",
            _percent(claims.denied.percent),
            f"{claims.denied.part} of {claims.denied.whole}, {dollars(claims.denied_cents)}",
            "Claims of which the first answer paid nothing, of all claims first answered (HFMA MAP Key).",
        ),
        Figure(
            name.COLLECTED,
            "Net collection",
            _percent(money.percent),
            f"{dollars(money.paid_cents)} of {dollars(due)}",
            "Payments on visits over charges less contractual write-downs, as posted (MGMA).",
        ),
        Figure(
            name.CHARGE_LAG,
            "Visit to claim",
            _days(claims.charge_lag.average),
            f"{claims.charge_lag.claims} claims first sent",
            "Average days from the visit until its claim was first sent.",
        ),
        Figure(
            name.PAYMENT_LAG,
            "Claim to answer",
            _days(claims.payment_lag.average),
            f"{claims.payment_lag.claims} claims first answered",
            "Average days from the first sending until the payer's first answer.",
        ),
        Figure(
            name.UNBILLED_VISITS,
            "Visits not charged",
            str(unbilled.visits),
            f"and {dollars(unbilled.unreleased_cents)} not released",
            "Visits of the last 60 days without charges, and charges whose superbill is not released.",
        ),
        Figure(
            name.UNSENT,
            "Claims not sent",
            dollars(unbilled.unsent_cents),
            counted(unbilled.unsent_claims, "claim"),
            "Claims that are ready, held, rejected or need a fix, as of today.",
        ),
        Figure(
            name.BELOW_CONTRACT,
            "Below contract",
            dollars(below.short_cents),
            counted(below.lines, "line"),
            "What payers' answers of the period allowed less than their contracts, not appealed or let go.",
        ),
        Figure(
            name.INCOME,
            "Income on no visit",
            dollars(income.cents),
            f"of it interest {dollars(income.interest_cents)}",
            "Capitations, bonuses and interest that payers paid apart from claims; in the money received.",
        ),
    )


def _owed_chart(owed: Receivable) -> Chart:
    payers = [row for row in owed.rows if row.payer_id is not None]
    patients = [row for row in owed.rows if row.payer_id is None]
    rows = [_owed_row(row) for row in payers[:_PAYERS_SHOWN]]
    if rest := payers[_PAYERS_SHOWN:]:
        aged = rest[0].aged
        for row in rest[1:]:
            aged = aged.plus(row.aged)
        ids = tuple(row.payer_id for row in rest)
        rows.append(ChartRow(f"{len(rest)} other payers", aged.columns, ids))
    rows += [_owed_row(row) for row in patients]
    title = f"A/R by payer and age, {us_date(owed.on)}"
    return Chart(ChartName.OWED, title, "Owed by", AGES, tuple(rows), "cents")


def _owed_row(row: Owed) -> ChartRow:
    return ChartRow(row.name, row.aged.columns, row.payer_id)


def _causes_chart(denied: tuple[Denials, ...]) -> Chart:
    """Causes, the largest first, by who could have prevented them."""
    owners = tuple(Owner)
    by_cause = {cause: {each.owner: each for each in denied if each.cause is cause} for cause in CAUSE_WORDS}
    rows = [
        ChartRow(
            CAUSE_WORDS[cause],
            tuple(its[owner].cents if owner in its else 0 for owner in owners),
            cause.value,
            counted(sum(each.claims for each in its.values()), "claim"),
        )
        for cause, its in by_cause.items()
        if its
    ]
    rows.sort(key=lambda row: -sum(row.values))
    words = tuple(OWNER_WORDS[owner] for owner in owners)
    return Chart(ChartName.CAUSES, "Denied, by cause", "Cause", words, tuple(rows), "cents")


def _owners_chart(denied: tuple[Denials, ...]) -> Chart:
    rows = []
    for owner, words in OWNER_WORDS.items():
        own = [each for each in denied if each.owner is owner]
        if own:
            cents = sum(each.cents for each in own)
            rows.append(
                ChartRow(words, (cents,), owner.value, counted(sum(each.claims for each in own), "claim"))
            )
    rows.sort(key=lambda row: -row.values[0])
    title = "Denied, by who could have prevented it"
    return Chart(ChartName.OWNERS, title, "Who", ("Denied",), tuple(rows), "cents")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}%"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _days(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} days"
