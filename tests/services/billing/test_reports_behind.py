"""A bar explains itself: what is behind it sums to it. And the same figures on paper."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.services.billing import explain_amount, reports, reports_open, reports_papers
from frontdesk.services.billing.explain_subject import About, Reported, Subject
from frontdesk.services.billing.reports import ChartName, Dashboard, FigureName
from frontdesk.services.billing.reports_filter import Wanted
from tests.builders import payer
from tests.builders.billing import TODAY, answered, charged, paid
from tests.builders.claims import insured, sent, twice_insured
from tests.builders.office import provider
from tests.builders.payer import CONTRACT, COPAY
from tests.builders.registration import coverage, danielle
from tests.formats.pdf.reading import words
from tests.office import Office
from tests.services.billing.explained_reports import everything_reported_is_explained
from tests.services.billing.test_reports import post

WANTED = Wanted(TODAY - timedelta(days=89), TODAY)


def busy(office: Office) -> None:
    """Two payers, a denial, money on a line, money ahead, and an old debt."""
    charged(office, danielle(office))
    first, second = sent(office), sent(office, twice_insured(office, "Nora", "XQP000000001"))
    sent(office, insured(office, "Otto", "Stone", "XQP000000002"))
    office.clock.advance(days=40)
    post(
        office,
        payer.answer(office, first, [(("CO", "27"), 13000)], status=ClaimStatus.DENIED.value),
        payer.answer(office, second, [(CONTRACT, 3000), (COPAY, 2000)]),
    )
    paid(office, danielle(office), 4000)


def later(wanted: Wanted, days: int = 40) -> Wanted:
    """The same days, that much later."""
    return replace(wanted, until_on=wanted.until_on + timedelta(days=days))


def test_every_figure_bar_and_row_explains_itself(office: Office) -> None:
    busy(office)
    wanted = later(WANTED)
    everything_reported_is_explained(office, wanted)
    everything_reported_is_explained(office, replace(wanted, provider_id=provider(office)))
    passed = Subject(About.FIGURE, report=Reported(wanted, figure=FigureName.FIRST_PASS))
    told = office.ask(explain_amount.amount, subject=passed)
    assert [(each.text, each.amount_cents) for each in told.sentences][:1] == [
        ("Claims that were first answered in these days.", 2)
    ]
    assert told.sentences[1].text.endswith(": denied.")
    assert told.conclusion == "1 of 2 claims were paid after they were sent once: 50.0%."
    assert told.is_count


def test_a_line_that_became_owed_in_two_parts_explains_each(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    answered(office, line, patient_cents=3000)
    office.clock.advance(days=3)
    answered(office, line, patient_cents=2000)
    wanted = later(WANTED, 3)
    behind = office.ask(reports_open.behind_bar, wanted=wanted, chart=ChartName.OWED, about=None, part=None)
    assert [each.cents for each in behind.rows] == [3000, 2000]
    everything_reported_is_explained(office, wanted)


def test_every_bar_and_part_is_the_sum_of_what_is_behind_it(office: Office) -> None:
    busy(office)
    found = office.ask(reports.dashboard, wanted=later(WANTED))
    looked = 0
    for chart in found.charts:
        for row in chart.rows if chart.opens else ():
            for part in (None, *range(len(chart.columns))):
                shown = chart.total(row) if part is None else row.values[part]
                behind = office.ask(
                    reports_open.behind_bar,
                    wanted=found.wanted,
                    chart=chart.name,
                    about=row.about,
                    part=part,
                )
                assert behind.cents == shown == sum(each.cents for each in behind.rows), (chart.name, row)
                assert behind.count == len(behind.rows)
                looked += 1
    assert looked > 20


def test_every_figure_opens_to_its_claims(office: Office) -> None:
    busy(office)
    counts = {
        name: office.ask(reports_open.behind_figure, wanted=later(WANTED), name=name).count
        for name in reports_open.BEHIND_FIGURE
    }
    # The second payer of the paid claim is asked next: that claim waits.
    assert counts == {
        FigureName.FIRST_PASS: 1,
        FigureName.CLEAN: 0,
        FigureName.DENIED: 1,
        FigureName.UNBILLED_VISITS: 0,
        FigureName.UNSENT: 1,
    }


def test_an_office_without_money_has_an_empty_dashboard(office: Office) -> None:
    danielle(office)
    found = office.ask(reports.dashboard, wanted=WANTED)
    assert found.is_empty
    assert {figure.value for figure in found.figures} == {"$0.00", "–", "0"}
    assert said(office.ask(reports_papers.report_csv, wanted=WANTED))[0][0] == "Billing report"


def test_the_file_and_the_pages_say_what_the_window_says(office: Office) -> None:
    busy(office)
    found = office.ask(reports.dashboard, wanted=later(WANTED))
    table = said(office.ask(reports_papers.report_csv, wanted=later(WANTED)))
    assert table[0] == ["Billing report", "12/18/2025 to 04/26/2026"]
    for figure in found.figures:
        assert [figure.title, figure.value, figure.made_of, figure.rule] in table
    owed = chart_of(found, ChartName.OWED)
    bcbs = next(row for row in table if row and row[0] == "BCBS")
    assert bcbs[1:] == [f"{int(v) / 100:.2f}" for v in (*owed.rows[0].values, owed.total(owed.rows[0]))]
    pages = words(office.ask(reports_papers.report_pdf, wanted=later(WANTED)))
    for chart in found.charts:
        assert chart.title in pages
    assert "$130.00" in pages
    assert "Danielle" not in pages + repr(table)


def chart_of(found: Dashboard, name: ChartName) -> reports.Chart:
    return next(chart for chart in found.charts if chart.name is name)


def said(file: bytes) -> list[list[str]]:
    """The table as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
