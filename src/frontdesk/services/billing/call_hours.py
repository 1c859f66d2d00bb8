"""When a person may be called: 8 AM to 9 PM where they live (15 USC 1692c(a)(1)). Pure.

The office collects its own debts and is not bound by the Act; it is courtesy, so it warns and never refuses.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from frontdesk.kernel.text import us_time

FIRST_HOUR, LAST_HOUR = 8, 21

_ZONES: Final = {
    "America/New_York": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV FL IN KY MI TN",
    "America/Chicago": "AL AR IA IL LA MN MO MS OK WI FL IN KY TN KS ND NE SD TX",
    "America/Denver": "CO MT NM UT WY KS ND NE SD TX ID OR",
    "America/Detroit": "MI",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV WA ID OR",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
}
"""A state with two zones stands in both: the call must fit either."""


def warning(now: datetime, state: str, otherwise: ZoneInfo) -> str:
    """Why now is no time to call somebody who lives in a state; empty when it is."""
    zones = [ZoneInfo(name) for name, states in _ZONES.items() if state in states.split()] or [otherwise]
    for zone in zones:
        there = now.astimezone(zone)
        if there.hour < FIRST_HOUR:
            return f"It is {us_time(there)} where they live. Do not call before 8 AM."
        if there.hour >= LAST_HOUR:
            return f"It is {us_time(there)} where they live. Do not call after 9 PM."
    return ""
