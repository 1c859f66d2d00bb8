"""The kinds of requests on the requests page: one line each."""

from frontdesk.ui.records.release_panels import ReleasePanels
from frontdesk.ui.records.request_panels import RequestPanels

KINDS: tuple[tuple[str, type[RequestPanels]], ...] = (("release", ReleasePanels),)
"""The name of the kind in services/records/request_list.py, and its panels; the first is what F11 opens."""
