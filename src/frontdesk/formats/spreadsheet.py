"""Rows as a CSV file that a spreadsheet opens, and nothing in which it takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from frontdesk.kernel.text import spreadsheet_cell


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file as bytes: UTF-8 with its mark, so that names keep their letters."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(head)
    for row in rows:
        sheet.writerow(spreadsheet_cell(cell) for cell in row)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
