"""The kinds of requests on the requests page: one line each."""

from frontdesk.ui.records.amendment_panels import AmendmentPanels
from frontdesk.ui.records.outbound_panels import OutboundPanels
from frontdesk.ui.records.release_panels import ReleasePanels
from frontdesk.ui.records.request_panels import RequestPanels

KINDS: tuple[tuple[str, type[RequestPanels]], ...] = (
    ("release", ReleasePanels),
    ("outbound", OutboundPanels),
    ("amendment", AmendmentPanels),
)
"""The name of the kind in services/records/request_list.py, and its panels; the first is what F11 opens."""
