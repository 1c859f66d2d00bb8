"""Releases of codes, made up."""

from datetime import date
from typing import Any

from frontdesk.formats.code_lists import CodeList, ListedCode
from frontdesk.models.billing.code_lists import ReleasedSet
from frontdesk.services.billing import code_releases, code_rows
from frontdesk.services.billing.code_releases import Preview, ReleaseDraft
from tests.office import Office


def release(
    codes: dict[str, str],
    on: date,
    code_set: ReleasedSet = ReleasedSet.HCPCS,
    name: str = "Made up",
    **more: Any,  # Any: the other fields of the draft
) -> ReleaseDraft:
    """A list of codes with their words, valid from a day."""
    rows = tuple(ListedCode(line, code, label) for line, (code, label) in enumerate(codes.items(), 2))
    return ReleaseDraft(code_set, name, on, code_rows.packed(CodeList("Made up", rows)), **more)


def loaded(office: Office, draft: ReleaseDraft) -> Preview:
    """Looked at, then taken over."""
    seen = office.ask(code_releases.preview, release=draft)
    return office.do(code_releases.load, release=draft, last_release_id=seen.last_release_id)
