"""The people of the demo's Tuesday, and where each of them stands at 10:42. Nobody of them exists."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from frontdesk.demo.week import TODAY


class At(StrEnum):
    """Where a visit of the day stands."""

    DONE = "done"
    CHECK_OUT = "check-out"
    IN_VISIT = "in visit"
    IN_ROOM = "in room"
    READY = "ready"
    CHECKING_IN = "checking in"
    CONFIRMED = "confirmed"
    SCHEDULED = "scheduled"
    CANCELED = "canceled"
    NO_SHOW = "no-show"


class Mark(StrEnum):
    """What is particular about a visit or its patient."""

    NEW = "first visit"
    UNVERIFIED = "eligibility not verified"
    UNAUTHORIZED = "authorization missing"
    UNSIGNED = "consent missing"
    COPAY_DUE = "copay not paid yet"
    SPANISH = "Spanish interpreter"
    WHEELCHAIR = "wheelchair"
    CALLED = "called, no answer"


@dataclass(frozen=True, slots=True)
class Role:
    """One visit of the Tuesday with its patient."""

    provider: str
    starts: str
    minutes: int
    name: str
    sex: str
    born_on: date
    plan: str
    kind: str
    reason: str
    at: At = At.DONE
    since: str = ""
    """The clock time from which the patient is in this stage, for those in the office."""
    room: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> str:
        return self.name.rsplit(" ", 1)[0]

    @property
    def last(self) -> str:
        return self.name.rsplit(" ", 1)[1]

    @property
    def starts_at(self) -> datetime:
        return clock(self.starts)


def clock(at: str) -> datetime:
    """A time of the Tuesday: "10:45", on the 24-hour clock."""
    return datetime.combine(TODAY, time.fromisoformat(f"{at:0>5}"))


D = date

DAY: Final = (
    # Dr. Lee, 18 minutes late
    Role("Lee", "8:00", 30, "Harold Jennings", "M", D(1960, 4, 2), "bcbs", "Annual wellness visit", "Annual wellness visit"),
    Role("Lee", "8:30", 15, "Lucille Bennett", "F", D(1962, 9, 17), "bcbs", "Office visit", "Blood pressure check"),
    Role("Lee", "8:45", 30, "Winston Achebe", "M", D(1955, 1, 25), "medicare", "Follow-up", "Diabetes follow-up"),
    Role("Lee", "9:15", 15, "Iris Coleman", "F", D(1971, 12, 8), "bcbs", "Office visit", "Refill visit"),
    Role("Lee", "9:30", 30, "Carol Petersen", "F", D(1958, 11, 3), "bcbs", "Follow-up", "Knee pain", At.CHECK_OUT, "10:38", "Room 1"),
    Role("Lee", "10:00", 30, "Raymond Castillo", "M", D(1966, 8, 30), "bcbs", "Follow-up", "Hypertension follow-up", At.IN_VISIT, "10:18", "Room 2"),
    Role("Lee", "10:30", 15, "Edith Nowak", "F", D(1948, 3, 19), "medicare", "Office visit", "Med review", At.READY, "10:21"),
    Role("Lee", "10:45", 30, "Danielle Foster", "F", D(1982, 6, 14), "bcbs", "Follow-up", "Migraine follow-up", At.CHECKING_IN, "10:36", "", (Mark.UNSIGNED, Mark.COPAY_DUE)),
    Role("Lee", "11:15", 30, "Walter Harris", "M", D(1951, 2, 9), "medicare", "Follow-up", "Post-hospital visit", At.CONFIRMED, "", "", (Mark.UNSIGNED, Mark.WHEELCHAIR)),
    Role("Lee", "13:00", 45, "Priscilla Vance", "F", D(1990, 7, 21), "uhc", "New patient visit", "New patient visit", At.SCHEDULED, "", "", (Mark.UNVERIFIED, Mark.NEW)),
    Role("Lee", "13:45", 30, "George Mbeki", "M", D(1953, 10, 11), "medicare", "Follow-up", "Diabetes follow-up", At.CONFIRMED),
    Role("Lee", "14:30", 30, "Teresa Sandoval", "F", D(1949, 5, 30), "medicare", "Follow-up", "Hypertension follow-up", At.CONFIRMED, "", "", (Mark.SPANISH,)),
    Role("Lee", "15:45", 30, "Jan Kowalski", "M", D(1968, 2, 14), "aetna", "Follow-up", "Thyroid follow-up", At.SCHEDULED),
    # Dr. Okafor
    Role("Okafor", "8:00", 15, "Minh Tran", "M", D(1979, 6, 6), "bcbs", "Office visit", "Cough"),
    Role("Okafor", "8:15", 15, "Clarence Boyd", "M", D(1963, 8, 23), "aetna", "Office visit", "Blood pressure check"),
    Role("Okafor", "8:30", 30, "Alice Whitman", "F", D(1974, 11, 29), "bcbs", "Annual physical", "Annual physical"),
    Role("Okafor", "9:00", 15, "Dale Pruitt", "M", D(1981, 1, 4), "uhc", "Office visit", "Sore throat"),
    Role("Okafor", "9:15", 15, "Renee Hollis", "F", D(1987, 4, 12), "cigna", "Office visit", "Rash", At.CANCELED),
    Role("Okafor", "9:30", 30, "Patrice Greene", "F", D(1970, 9, 9), "bcbs", "Follow-up", "Back pain"),
    Role("Okafor", "10:00", 30, "Leonard Fitch", "M", D(1957, 12, 20), "medicare", "Follow-up", "Diabetes follow-up"),
    Role("Okafor", "10:30", 30, "Beatriz Romano", "F", D(1985, 3, 3), "aetna", "Follow-up", "Asthma follow-up", At.IN_VISIT, "10:32", "Room 5"),
    Role("Okafor", "11:00", 30, "Jerome Whitaker", "M", D(1977, 7, 7), "cigna", "Follow-up", "Low back pain", At.READY, "10:33"),
    Role("Okafor", "11:30", 15, "Sofia Alvarez", "F", D(1964, 10, 1), "ohp", "Office visit", "BP check", At.CONFIRMED, "", "", (Mark.SPANISH,)),
    Role("Okafor", "13:00", 30, "Tina Nguyen", "F", D(1988, 5, 15), "kaiser", "Annual physical", "Annual physical", At.CONFIRMED),
    Role("Okafor", "13:30", 15, "Rosa Delgado", "F", D(1992, 2, 27), "ohp", "Office visit", "Refill visit", At.CONFIRMED),
    Role("Okafor", "14:00", 30, "Luis Ibarra", "M", D(1961, 6, 18), "uhc", "Skin procedure", "Skin biopsy", At.CONFIRMED, "", "", (Mark.UNAUTHORIZED,)),
    Role("Okafor", "15:00", 30, "Malcolm Hughes", "M", D(1959, 9, 26), "aetna", "Follow-up", "Diabetes follow-up", At.SCHEDULED, "", "", (Mark.UNVERIFIED,)),
    Role("Okafor", "15:30", 45, "Celeste Farrow", "F", D(1995, 12, 12), "cigna", "New patient visit", "New patient visit", At.CONFIRMED, "", "", (Mark.NEW, Mark.UNSIGNED)),
    Role("Okafor", "16:30", 15, "Naomi Stein", "F", D(1983, 8, 8), "bcbs", "Office visit", "Sinus pain", At.SCHEDULED),
    # Dr. Reyes, 12 minutes late
    Role("Reyes", "8:00", 30, "Olivia Park", "F", D(2022, 2, 10), "bcbs", "Well child", "Well child, 4 y"),
    Role("Reyes", "8:30", 15, "Yusuf Ahmed", "M", D(2019, 11, 2), "ohp", "Office visit", "Ear pain"),
    Role("Reyes", "8:45", 15, "Layla Ahmed", "F", D(2021, 7, 13), "ohp", "Office visit", "Cough"),
    Role("Reyes", "9:00", 30, "Emma Sullivan", "F", D(2024, 3, 1), "aetna", "Well child", "Well child, 2 y"),
    Role("Reyes", "9:30", 15, "Matteo Rossi", "M", D(2018, 5, 24), "ohp", "Office visit", "Rash", At.NO_SHOW),
    Role("Reyes", "9:45", 30, "Caleb Dixon", "M", D(2015, 10, 30), "cigna", "Follow-up", "Asthma follow-up"),
    Role("Reyes", "10:15", 15, "Zoe Marchetti", "F", D(2020, 1, 16), "uhc", "Office visit", "Sore throat", At.IN_VISIT, "10:27", "Room 6A"),
    Role("Reyes", "10:30", 15, "Aiden Brooks", "M", D(2017, 9, 5), "ohp", "Office visit", "Fever", At.IN_ROOM, "10:33", "Room 6B"),
    Role("Reyes", "10:45", 30, "Tomás Herrera", "M", D(2019, 12, 19), "ohp", "Well child", "Well child, 6 y", At.CHECKING_IN, "10:31", "", (Mark.UNSIGNED,)),
    Role("Reyes", "11:15", 15, "Samuel Ortiz", "M", D(2016, 4, 28), "ohp", "Office visit", "Rash", At.READY, "10:39"),
    Role("Reyes", "11:45", 15, "Liam Chen", "M", D(2016, 6, 9), "bcbs", "Nurse visit", "Flu vaccine", At.CONFIRMED),
    Role("Reyes", "13:00", 30, "Anika Patel", "F", D(2025, 3, 8), "aetna", "Well child", "Well child, 12 mo", At.CONFIRMED),
    Role("Reyes", "13:45", 30, "Stella Novak", "F", D(2014, 8, 15), "cigna", "Follow-up", "ADHD follow-up", At.CONFIRMED),
    Role("Reyes", "14:15", 15, "Finn Brennan", "M", D(2013, 1, 22), "kaiser", "Office visit", "Wart", At.SCHEDULED),
    Role("Reyes", "14:30", 45, "David Okoye", "M", D(2018, 10, 3), "uhc", "New patient visit", "New patient visit", At.SCHEDULED, "", "", (Mark.UNVERIFIED, Mark.NEW)),
    Role("Reyes", "15:15", 15, "Jasmine Reed", "F", D(2012, 5, 5), "ohp", "Office visit", "Sports form", At.CONFIRMED, "", "", (Mark.UNSIGNED,)),
    Role("Reyes", "15:30", 30, "Henry Ford", "M", D(2021, 3, 11), "bcbs", "Well child", "Well child, 5 y", At.CONFIRMED),
    # P. Raman, NP
    Role("Raman", "8:00", 15, "Kirsten Vogel", "F", D(1991, 11, 11), "bcbs", "Office visit", "Cough"),
    Role("Raman", "8:15", 15, "Alba Mendez", "F", D(1984, 6, 25), "ohp", "Office visit", "Refill visit"),
    Role("Raman", "8:30", 15, "Sean Foley", "M", D(1996, 2, 2), "uhc", "Office visit", "Sinus pain"),
    Role("Raman", "8:45", 15, "Abby Quinn", "F", D(1999, 9, 14), "bcbs", "Office visit", "Sore throat"),
    Role("Raman", "9:00", 30, "Erik Larsen", "M", D(1989, 7, 19), "bcbs", "Work physical", "Work physical"),
    Role("Raman", "9:30", 15, "Marie Baptiste", "F", D(1976, 4, 30), "bcbs", "Office visit", "Wound check"),
    Role("Raman", "10:00", 15, "Marcus Bell", "M", D(1993, 1, 9), "cigna", "Office visit", "Ankle sprain", At.CHECK_OUT, "10:35", "Room 8", (Mark.COPAY_DUE,)),
    Role("Raman", "10:15", 15, "Peter Donovan", "M", D(1956, 3, 27), "medicare", "Nurse visit", "BP check", At.SCHEDULED, "", "", (Mark.CALLED,)),
    Role("Raman", "10:30", 15, "Nathan Cole", "M", D(1998, 10, 21), "kaiser", "Office visit", "Cough", At.IN_VISIT, "10:31", "Room 7"),
    Role("Raman", "10:45", 15, "Grace Lindqvist", "F", D(1986, 12, 4), "aetna", "Office visit", "Sinus pain", At.CHECKING_IN, "10:40", "", (Mark.COPAY_DUE,)),
    Role("Raman", "11:00", 15, "Ruth Abernathy", "F", D(1944, 8, 1), "medicare", "Office visit", "Wound check", At.CONFIRMED),
    Role("Raman", "11:45", 15, "Elena Castro", "F", D(1994, 5, 8), "bcbs", "Nurse visit", "TB test read", At.CONFIRMED),
    Role("Raman", "12:00", 30, "Troy Simmons", "M", D(1987, 3, 16), "uhc", "Work physical", "Work physical", At.CONFIRMED, "", "", (Mark.UNSIGNED,)),
    Role("Raman", "13:30", 15, "Rami Haddad", "M", D(1980, 2, 20), "bcbs", "Office visit", "Cough", At.CONFIRMED),
    Role("Raman", "14:00", 30, "Nora Jacobs", "F", D(1972, 10, 10), "aetna", "Annual physical", "Annual physical", At.CONFIRMED),
    Role("Raman", "15:00", 15, "Tara Wilkes", "F", D(1965, 9, 1), "cigna", "Nurse visit", "Ear wash", At.SCHEDULED),
    Role("Raman", "15:45", 15, "Paul Ogden", "M", D(1952, 7, 28), "medicare", "Nurse visit", "BP check", At.CONFIRMED),
    Role("Raman", "16:30", 15, "Erin Lutz", "F", D(1997, 1, 31), "kaiser", "Office visit", "Cough", At.SCHEDULED, "", "", (Mark.UNVERIFIED,)),
    # Dr. Whitfield
    Role("Whitfield", "8:00", 30, "Simone Hartley", "F", D(1983, 3, 23), "bcbs", "Well woman exam", "Annual exam"),
    Role("Whitfield", "8:30", 30, "Julia Bianchi", "F", D(1994, 8, 17), "aetna", "Prenatal visit", "Prenatal, 20 wk"),
    Role("Whitfield", "9:00", 15, "Kendra Morris", "F", D(1990, 6, 29), "cigna", "Office visit", "Results review"),
    Role("Whitfield", "9:15", 30, "Linh Pham", "F", D(1992, 12, 6), "ohp", "Prenatal visit", "Prenatal, 28 wk"),
    Role("Whitfield", "10:00", 45, "Hannah Weiss", "F", D(1991, 4, 4), "bcbs", "OB ultrasound", "OB ultrasound, 20 wk", At.IN_VISIT, "10:04", "Ultrasound"),
    Role("Whitfield", "10:45", 30, "Keiko Tanaka", "F", D(1989, 11, 18), "kaiser", "Prenatal visit", "Prenatal, 32 wk", At.IN_ROOM, "10:38", "Room 9"),
    Role("Whitfield", "11:15", 15, "Deborah Klein", "F", D(1969, 2, 8), "aetna", "Office visit", "Results review", At.CONFIRMED),
    Role("Whitfield", "11:30", 30, "Abena Osei", "F", D(1986, 7, 2), "uhc", "Well woman exam", "Annual exam", At.SCHEDULED, "", "", (Mark.UNVERIFIED,)),
    Role("Whitfield", "13:00", 45, "Monique Bauer", "F", D(1978, 5, 26), "bcbs", "Gynecologic procedure", "Colposcopy", At.CONFIRMED),
    Role("Whitfield", "13:45", 45, "Yesenia Ramos", "F", D(1982, 9, 20), "ohp", "Gynecologic procedure", "Endometrial biopsy", At.CONFIRMED, "", "", (Mark.UNAUTHORIZED, Mark.SPANISH)),
    Role("Whitfield", "15:00", 45, "Jade Sterling", "F", D(1997, 10, 15), "cigna", "New OB visit", "New OB visit", At.CONFIRMED, "", "", (Mark.NEW,)),
    Role("Whitfield", "15:45", 30, "Amber Lowe", "F", D(1993, 3, 31), "uhc", "Prenatal visit", "Prenatal, 36 wk", At.CONFIRMED),
)
