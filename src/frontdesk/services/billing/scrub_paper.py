"""Rules about the CMS-1500: what the boxes of the form have no room for, where the payer takes paper."""

from collections.abc import Iterator

from frontdesk.services.billing import paper_content
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.scrub_found import Found


def paper_form(claim: ClaimFacts) -> Iterator[Found]:
    """A number, code or amount that is cut says something else: it is not printed at all."""
    yield from _unfit(claim, is_cut=False)


def paper_form_cut(claim: ClaimFacts) -> Iterator[Found]:
    """Names and addresses are printed as far as they go; the office's own are said when it is printed."""
    yield from _unfit(claim, is_cut=True)


def paper_address(claim: ClaimFacts) -> Iterator[Found]:
    """The head of the form, and the window of its envelope, say where it is mailed."""
    at = claim.payer.address
    if claim.is_on_paper and not (at.street and at.city and at.zip):
        yield Found(f"{claim.payer.name} has no mailing address.", "The form's head stays empty.", "street")


def _unfit(claim: ClaimFacts, *, is_cut: bool) -> Iterator[Found]:
    if not claim.is_on_paper or not claim.lines:
        return
    for found in paper_content.boxes(claim).unfit:
        if found.is_cut is is_cut and not (is_cut and found.box.startswith(paper_content.OFFICE_BOXES)):
            yield Found(found.message, found.advice, line=found.line)
