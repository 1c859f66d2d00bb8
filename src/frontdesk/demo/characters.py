"""What the mockups show of two people in particular: Danielle Foster and Walter Harris."""

from dataclasses import replace
from datetime import date
from typing import Final

from frontdesk.demo.people import Draft, Home
from frontdesk.demo.week import TODAY
from frontdesk.models.registration.patient import ReminderWay, Sex
from frontdesk.models.registration.reach import PhoneKind

CHARTS: Final = {"Danielle Foster": 20_418, "Walter Harris": 9_177}
NAMESAKE_SINCE: Final = date(2024, 5, 20)


def known(draft: Draft) -> Draft:
    """The draft with what is known of this person; anybody else's as it is."""
    return _KNOWN.get(f"{draft.first} {draft.last}", lambda same: same)(draft)


def as_namesake(draft: Draft) -> Draft:
    """The other Danielle Foster, born 1990: the desk must ask for the birth date."""
    return replace(
        draft, first="Danielle", last="Foster", sex=Sex.FEMALE, born_on=date(1990, 2, 22), plan="aetna"
    )


def _foster(draft: Draft) -> Draft:
    return replace(
        draft,
        since=date(2021, 5, 4),
        home=Home("907 NW Glisan Street", "", "Portland", "97209"),
        phones=((PhoneKind.MOBILE, "5035550148", True), (PhoneKind.WORK, "5035550172", False)),
        contact=("Ray Foster", "spouse", "5035550119"),
        other={
            **draft.other,
            "legal_middle": "M.",
            "preferred_name": "Dani",
            "pronouns": "she/her",
            "email": "d.foster@example.com",
            "pharmacy": "Alder Street Drug",
            "reminder_way": ReminderWay.TEXT,
            "second_way": ReminderWay.CALL,
            "marital_status": "married",
        },
        member_id="XQP884120557",
        group_number="0071-442",
        moved_on=TODAY,
    )


def _harris(draft: Draft) -> Draft:
    return replace(
        draft,
        since=date(2014, 9, 15),
        phones=((PhoneKind.HOME, "5035550164", False),),
        contact=("June Harris", "spouse", "5035550165"),
        other={
            **draft.other,
            "pronouns": "he/him",
            "reminder_way": ReminderWay.CALL,
            "marital_status": "married",
        },
        member_id="1EG4TE5MK73",
    )


_KNOWN: Final = {"Danielle Foster": _foster, "Walter Harris": _harris}
