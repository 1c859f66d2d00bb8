"""Every figure, bar and row of an office's reports against its explanation."""

from datetime import date

from frontdesk.services.billing import explain_amount, reports, reports_claims, reports_money, reports_open
from frontdesk.services.billing.explain_subject import About, Reported, Subject
from frontdesk.services.billing.reports import Chart, ChartName, ChartRow, FigureName
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.services.billing.reports_open import BEHIND_FIGURE
from tests.office import Office


def comes_to(office: Office, subject: Subject, cents: int) -> None:
    """The explanation is of this amount, and its sentences sum to it."""
    told = office.ask(explain_amount.amount, subject=subject)
    assert told.total_cents == cents, (subject, told)
    assert sum(each.amount_cents for each in told.sentences) == cents, (subject, told)
    assert told.title
    assert told.conclusion


def everything_reported_is_explained(office: Office, wanted: Wanted) -> None:
    """The figures and charts of the days that are wanted."""
    _figures(office, wanted)
    for chart in office.ask(reports.dashboard, wanted=wanted).charts:
        for row in chart.rows:
            for part in (None, *(range(len(chart.columns)) if len(chart.columns) > 1 else ())):
                _bar(office, wanted, chart, row, part)


def _figures(office: Office, wanted: Wanted) -> None:
    owed = office.ask(reports_money.receivable, wanted=wanted).total.total
    claims = office.ask(reports_claims.claim_figures, wanted=wanted)
    unbilled = office.ask(reports_money.unbilled, wanted=wanted)
    for figure, cents in (
        (FigureName.RECEIVABLE, owed),
        (FigureName.DAYS, owed),
        (FigureName.FIRST_PASS, claims.first_pass.part),
        (FigureName.CLEAN, claims.clean.part),
        (FigureName.DENIED, claims.denied.part),
        (FigureName.COLLECTED, office.ask(reports_money.collected, wanted=wanted).paid_cents),
        (FigureName.CHARGE_LAG, claims.charge_lag.days),
        (FigureName.PAYMENT_LAG, claims.payment_lag.days),
        (FigureName.UNBILLED_VISITS, unbilled.visits),
        (FigureName.UNSENT, unbilled.unsent_cents),
    ):
        comes_to(office, Subject(About.FIGURE, report=Reported(wanted, figure=figure)), cents)
    for figure in BEHIND_FIGURE:
        found = office.ask(reports_open.behind_figure, wanted=wanted, name=figure)
        listed = Reported(wanted, figure=figure, is_listed=True)
        comes_to(office, Subject(About.FIGURE, report=listed), found.cents)


def _bar(office: Office, wanted: Wanted, chart: Chart, row: ChartRow, part: int | None) -> None:
    about = row.about
    report = Reported(
        wanted,
        chart=chart.name,
        ids=(about,) if isinstance(about, int) else about if isinstance(about, tuple) else (),
        key=about if isinstance(about, str) else "",
        month_on=about if isinstance(about, date) else None,
        place=part,
    )
    subject = Subject(About.BAR, report=report)
    if chart.name is ChartName.DAYS:
        told = office.ask(explain_amount.amount, subject=subject)
        assert f"So {row.values[0]:.1f} days" in told.conclusion
        return
    comes_to(office, subject, int(chart.total(row) if part is None else row.values[part]))
    found = office.ask(reports_open.behind_bar, wanted=wanted, chart=chart.name, about=about, part=part)
    for each in found.rows:
        assert each.subject is not None, each
        comes_to(office, each.subject, each.cents)
