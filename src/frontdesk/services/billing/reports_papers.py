"""The billing dashboard as a table for a spreadsheet and as pages to print; neither names a patient."""

import csv
import io

from sqlalchemy import select

from frontdesk.formats.pdf.billing_report import ReportChart, ReportFigure, ReportSheet, billing_report_pdf
from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import spreadsheet_cell, us_date
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import papers, parties, reports
from frontdesk.services.billing.reports import Chart, ChartName
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def report_csv(work: Work, *, wanted: Wanted) -> bytes:
    """The key figures, then each chart as a table of its own, for a spreadsheet."""
    found = reports.dashboard(work, wanted=wanted)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("Billing report", *map(spreadsheet_cell, _about(work, wanted))))
    sheet.writerow(())
    sheet.writerow(("Figure", "Value", "Made of", "How it is reckoned"))
    for figure in found.figures:
        sheet.writerow((figure.title, figure.value, figure.made_of, figure.rule))
    for chart in found.charts:
        sheet.writerow(())
        sheet.writerow((chart.title,))
        has_total = len(chart.columns) > 1
        sheet.writerow((chart.row_title, *chart.columns, *(["Total"] if has_total else [])))
        for row in chart.rows:
            values = (*row.values, chart.total(row)) if has_total else row.values
            sheet.writerow((spreadsheet_cell(row.name), *(_plain(chart, value) for value in values)))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


@query(permission="billing.view")
def report_pdf(work: Work, *, wanted: Wanted) -> bytes:
    """The same figures as pages with drawn charts."""
    found = reports.dashboard(work, wanted=wanted)
    return billing_report_pdf(
        ReportSheet(
            sender=papers.sender(parties.letterhead(work)),
            title="Billing report",
            about=_about(work, wanted),
            made_on=us_date(work.today),
            figures=tuple(
                ReportFigure(each.title, each.value, each.made_of, each.rule) for each in found.figures
            ),
            charts=tuple(
                ReportChart(
                    title=chart.title,
                    row_title=chart.row_title,
                    columns=chart.columns,
                    rows=tuple((row.name, row.values) for row in chart.rows),
                    written=tuple(
                        tuple(chart.said(value) for value in (*row.values, chart.total(row)))
                        for row in chart.rows
                    ),
                    is_line=chart.name is ChartName.DAYS,
                    is_ranked=chart.name is ChartName.OWED,
                )
                for chart in found.charts
            ),
        )
    )


def _about(work: Work, wanted: Wanted) -> tuple[str, ...]:
    """The period and what it is narrowed to, as it is written."""
    said = [f"{us_date(wanted.since_on)} to {us_date(wanted.until_on)}"]
    names = (
        (wanted.payer_id, select(Payer.name).where(Payer.id == wanted.payer_id)),
        (wanted.provider_id, select(Provider.short_name).where(Provider.id == wanted.provider_id)),
        (wanted.site_id, select(Site.name).where(Site.id == wanted.site_id)),
    )
    said += [work.session.scalar(name) or "" for chosen, name in names if chosen is not None]
    return tuple(said)


def _plain(chart: Chart, value: float) -> str:
    """A number that a spreadsheet reads as one."""
    return ledger(int(value)).replace(",", "") if chart.unit == "cents" else f"{value:.1f}"
