"""The steps of one reception day, in the receptionist's words. Each is a small function of its subject."""

from collections.abc import Callable

from tests.e2e import (
    at_the_door,
    charging,
    checking_in,
    claiming,
    registering,
    scheduling,
    seeing,
)
from tests.e2e.tour import Tour

STEPS: tuple[tuple[str, Callable[[Tour], object]], ...] = (
    ("Sign in", at_the_door.sign_in),
    ("Lock, and come back", at_the_door.lock_and_come_back),
    ("Find a patient", at_the_door.find_a_patient),
    ("Read the keys", at_the_door.read_the_keys),
    ("Look in the dark", at_the_door.look_in_the_dark),
    ("Nobody of that name is known", registering.nobody_is_found),
    ("Somebody else is registered already", registering.somebody_is_registered_already),
    ("A refused registration", registering.a_refused_registration),
    ("Register the new patient", registering.the_new_patient),
    ("A refused booking", scheduling.a_refused_booking),
    ("The first openings today", scheduling.first_openings),
    ("Book", scheduling.book_it),
    ("Drag the visit into lunch", scheduling.drag_it_into_lunch),
    ("Drag the visit to another time", scheduling.drag_it),
    ("Undo", scheduling.undo_it),
    ("The patient arrives", checking_in.arrives),
    ("Identity", checking_in.is_who_she_says),
    ("Demographics", checking_in.has_moved),
    ("Coverage", checking_in.brings_a_card),
    ("Verification", checking_in.is_covered),
    ("Consents", checking_in.signs),
    ("Refused payments", checking_in.pays_nothing_yet),
    ("Copay", checking_in.pays_the_copay),
    ("Ready", checking_in.is_ready),
    ("Room", seeing.goes_to_a_room),
    ("Provider in and out", seeing.is_seen),
    ("Check-out", seeing.checks_out),
    ("The superbill", charging.finds_the_sheet),
    ("Diagnoses", charging.enters_diagnoses),
    ("Services", charging.enters_services),
    ("Release the charges", charging.releases_the_charges),
    ("A claim that would be refused", claiming.finds_what_is_wrong),
    ("The claim of the visit", claiming.makes_the_claim),
    ("The claim file", claiming.sends_the_file),
    ("The payer's answer", claiming.takes_in_the_answer),
    ("Post the answer", claiming.posts_it),
)
