"""Chart labels on their sheets, and out slips: read back as the desk's scanner would."""

import pytest

from frontdesk.formats.page_codes import codes_of
from frontdesk.formats.pdf.chart_label import LAYOUTS, ChartLabel, OutSlip, Stock, labels_pdf, out_slips_pdf

HARRIS = ChartLabel(
    "Harris, Walter", "02/09/1951", "HP-09177, volume 1", "Bay C, shelf 4, H-0917", "HP-09177-1"
)
LONG = ChartLabel(
    "Wolfeschlegelsteinhausen-Núñez, Maximiliana-Ángela Konstantína",
    "06/14/1982",
    "HP-120177, volume 12",
    "Bay AA, shelf 14, W-1201, the upper drawer on the left",
    "HP-120177-12",
)


@pytest.mark.parametrize("stock", Stock)
def test_every_label_of_a_sheet_reads_back(stock: Stock) -> None:
    count = LAYOUTS[stock].count
    first, second = codes_of(labels_pdf((HARRIS, LONG), stock, count), is_pdf=True)
    assert (first.texts, second.texts) == (("HP-09177-1",), ("HP-120177-12",))
    (sheet,) = codes_of(labels_pdf((HARRIS,) * count, stock), is_pdf=True)
    assert sheet.texts == ("HP-09177-1",)


def test_a_fifth_slip_begins_another_page() -> None:
    slip = OutSlip(LONG, "With R. Okafor, auditor", "payer audit", "03/11/2026, Dana B.", "03/31/2026")
    pages = codes_of(out_slips_pdf((slip,) * 5), is_pdf=True)
    assert [page.texts for page in pages] == [("HP-120177-12",)] * 2
