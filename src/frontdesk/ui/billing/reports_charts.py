"""How the reports' charts look: kind, colours, and what is said where there is nothing to draw."""

from frontdesk.services.billing.reports import Chart, ChartName
from frontdesk.ui.kit.chart import Mark, Series
from frontdesk.ui.kit.chart_bars import BarChart
from frontdesk.ui.kit.chart_card import ChartCard
from frontdesk.ui.kit.chart_line import LineChart
from frontdesk.ui.text import tr

# Told apart without red and green: ages go from light to dark and end in the warning, the others follow
# Okabe and Ito. The words are in the legend, the tooltip and the table besides.
_TOKENS = {
    ChartName.OWED: ("heat-2", "heat-3", "heat-4", "block", "st-done"),
    ChartName.CAUSES: ("st-ready", "st-prov", "st-arr", "st-room"),
    ChartName.OWNERS: ("accent",),
    ChartName.MONTHS: ("st-ready", "st-arr"),
    ChartName.DAYS: ("accent",),
}
_ICONS = {
    ChartName.OWED: "hourglass",
    ChartName.CAUSES: "chart-bar-stacked",
    ChartName.OWNERS: "users",
    ChartName.MONTHS: "chart-column-stacked",
    ChartName.DAYS: "chart-line",
}
_NOTHING = {
    ChartName.OWED: "Nobody owes anything.",
    ChartName.CAUSES: "No answer of these days denies anything.",
    ChartName.OWNERS: "No answer of these days denies anything.",
    ChartName.MONTHS: "No money came in.",
    ChartName.DAYS: "Nothing was charged in these months.",
}


def card_of(chart: Chart) -> ChartCard:
    """The card that shows a chart of this name from now on."""
    if chart.name is ChartName.DAYS:
        drawn: BarChart | LineChart = LineChart(chart.title, chart.said, opens=chart.opens)
    else:
        upright = chart.name is ChartName.MONTHS
        drawn = BarChart(chart.title, chart.said, upright=upright, opens=chart.opens)
    return ChartCard(
        chart.title,
        drawn,
        row_title=chart.row_title,
        columns=chart.columns,
        nothing=tr(_NOTHING[chart.name]),
        icon=_ICONS[chart.name],
    )


def show(card: ChartCard, chart: Chart) -> None:
    """Other values on the card."""
    series = [Series(name, token) for name, token in zip(chart.columns, _TOKENS[chart.name], strict=True)]
    drawn = chart.rows if any(any(row.values) for row in chart.rows) else ()
    marks = [Mark(row.name, row.values, row.about, row.detail) for row in drawn]
    card.show_values(chart.title, series, marks)
