"""Codes while somebody types: by code, by words, by the office's words; the provider's own first."""

import csv
import lzma
from datetime import date

from frontdesk.kernel.files import resources_folder
from frontdesk.kernel.text import fold
from frontdesk.models.billing.code_lists import FavouriteKind
from frontdesk.services.billing import code_favourites, code_search, code_synonyms, codes
from frontdesk.services.billing.codes import Diagnosis
from tests.builders.billing import HYPERTENSION, MIGRAINE, TODAY, charged, code_lists
from tests.builders.office import provider
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal


def found(office: Office, typed: str, on: date = TODAY, provider_id: int | None = None) -> list[str]:
    """The codes in the order in which they are offered."""
    rows = office.ask(code_search.find_diagnoses, typed=typed, on=on, provider_id=provider_id)
    return [row.code for row in rows]


def test_a_diagnosis_is_found_by_beginnings_of_words_and_by_code(office: Office) -> None:
    code_lists(office)
    assert "G43.909" in found(office, "migr unsp not intract")
    assert found(office, "g43.90") == ["G43.901", "G43.909"]
    assert found(office, "  ") == []
    assert found(office, "'\" AND xq * (") == []


def test_a_heading_is_never_offered(office: Office) -> None:
    code_lists(office)
    rows = office.ask(code_search.find_diagnoses, typed="migraine", on=TODAY, limit=100)
    assert all(row.is_billable for row in rows)
    assert "G43" not in [row.code for row in rows]


def test_an_expired_code_says_so_and_is_followed_by_what_is_used_now(office: Office) -> None:
    code_lists(office)
    label = "Other intervertebral disc degeneration, lumbar region"
    then = office.ask(code_search.find_diagnoses, typed="M51.36", on=date(2024, 6, 1))
    assert then[0] == Diagnosis("M51.36", label, is_billable=True)
    now = office.ask(code_search.find_diagnoses, typed="M51.36", on=TODAY)
    assert now[0] == Diagnosis("M51.36", label, is_billable=True, expired_on=date(2025, 9, 30))
    assert [row.code for row in now[1:]] == ["M51.360", "M51.361", "M51.362", "M51.369"]
    with refusal("M51.36 expired on 09/30/2025. Use M51.360, M51.361, M51.362 or M51.369."):
        charged(office, patient(office), diagnoses=("M51.36",))


def test_the_offices_words_find_what_the_list_calls_otherwise(office: Office) -> None:
    code_lists(office)
    assert found(office, "high tension") == []
    office.do(code_synonyms.add, said="High tension", means="hypertension")
    assert found(office, "high tension") == ["I10"]
    assert found(office, "essential high tension") == ["I10"]
    office.do(code_synonyms.add, said="ache", means="migraine unspecified")
    assert "G43.909" in found(office, "ache intractable")
    done = office.done(code_synonyms.remove, said="high tension")
    assert found(office, "high tension") == []
    office.database.undo(office.actor, done.entry_id)
    assert found(office, "high tension") == ["I10"]


def test_the_words_of_the_trade_bring_what_is_usually_meant_first(office: Office) -> None:
    code_lists(office)
    assert found(office, "htn")[0] == "I10"
    assert found(office, "migraine")[0] == "G43.909"
    services = office.ask(code_search.find_procedures, typed="EKG", on=TODAY)
    assert [row.code for row in services] == ["93000"]
    assert office.ask(code_search.find_procedures, typed="isit", on=TODAY) == ()


def test_an_age_behind_the_words_is_left_out_where_no_label_has_it(office: Office) -> None:
    code_lists(office)
    assert found(office, "well child 5")[:2] == ["Z00.129", "Z00.121"]
    assert found(office, "well child") == found(office, "well child 5")


def test_the_codes_that_are_usually_meant_are_in_the_list() -> None:
    """Of ICD-10-CM as it came with the program: each can be billed, and has not ended."""
    with lzma.open(resources_folder() / "codes" / "icd10cm.tsv.xz", "rt", encoding="utf-8") as packed:
        lines = (line.split("\t") for line in packed)
        billable = {code for code, is_billable, _, last, _ in lines if is_billable == "1" and not last}
    with (resources_folder() / "codes" / "said.csv").open(encoding="utf-8", newline="") as words:
        rows = list(csv.DictReader(words))
    assert {code.replace(".", "") for row in rows for code in row["diagnoses"].split()} <= billable
    assert len({row["said"] for row in rows}) == len(rows)
    assert all(row["said"] == fold(row["said"]) and len(row["said"].split()) <= 4 for row in rows)


def test_words_that_mean_nothing_are_refused(office: Office) -> None:
    code_lists(office)
    for said, means, sentence in (
        ("", "diabetes", "Write the words that the office says."),
        ("sugar", " ", "Write the words that the lists use."),
        ("Sugar", "sugar", "Both sides say the same."),
        ("a b c d e", "x", "The office's own words are four at most."),
    ):
        with refusal(sentence):
            office.do(code_synonyms.add, said=said, means=means)
    office.do(code_synonyms.add, said="sugar", means="diabetes")
    with refusal("These words have a meaning already. Change that line."):
        office.do(code_synonyms.add, said="SUGAR", means="glucose")


def test_what_the_provider_uses_comes_first(office: Office) -> None:
    doctor = provider(office)
    carol = patient(office)
    code_lists(office)
    assert found(office, "migr", provider_id=doctor)[0] != "G43.909"
    charged(office, carol, diagnoses=(MIGRAINE, HYPERTENSION))
    assert found(office, "migr", provider_id=doctor)[0] == "G43.909"
    office.do(code_favourites.add, provider_id=doctor, kind=FavouriteKind.DIAGNOSIS, code="g43.911")
    assert found(office, "migraine", provider_id=doctor)[:2] == ["G43.911", "G43.909"]
    assert found(office, "", provider_id=doctor)[:2] == ["G43.911", "G43.909"]
    services = office.ask(code_search.find_procedures, typed="office", on=TODAY, provider_id=doctor)
    assert services[0].code == "99213"


def test_who_has_entered_none_yet_is_offered_what_the_specialty_uses(office: Office) -> None:
    provider(office)
    new = provider(office, "Whitfield", "Nora")
    code_lists(office)
    charged(office, patient(office), diagnoses=(MIGRAINE, HYPERTENSION))
    assert found(office, "", provider_id=new)[:2] == ["G43.909", "I10"]
    office.do(code_favourites.add, provider_id=new, kind=FavouriteKind.DIAGNOSIS, code="G43.911")
    assert found(office, "", provider_id=new)[0] == "G43.911"


def test_a_favourite_must_be_valid_and_is_kept_once(office: Office) -> None:
    doctor = provider(office)
    code_lists(office)
    add = code_favourites.add
    with refusal("M51.36 expired on 09/30/2025. Use M51.360, M51.361, M51.362 or M51.369."):
        office.do(add, provider_id=doctor, kind=FavouriteKind.DIAGNOSIS, code="M51.36")
    office.do(add, provider_id=doctor, kind=FavouriteKind.SERVICE, code="99213")
    with refusal("This code is among the favorites already."):
        office.do(add, provider_id=doctor, kind=FavouriteKind.SERVICE, code="99213")
    with refusal("This code is not among the favorites any more. Nothing was changed."):
        office.do(code_favourites.remove, provider_id=doctor, kind=FavouriteKind.DIAGNOSIS, code="I10")
    (kept,) = office.ask(code_favourites.favourites, provider_id=doctor)
    assert (kept.code, kept.label, kept.problem) == ("99213", "Office visit, low", "")
    assert codes.dotted("I10") == "I10"
