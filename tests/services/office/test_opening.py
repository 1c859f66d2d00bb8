from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as Absent

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import Refused
from frontdesk.services import keys, places
from frontdesk.services.office import establish, opening
from frontdesk.services.office.establish import FirstProvider
from frontdesk.services.office.opening import NewOffice
from frontdesk.services.places import Place
from frontdesk.services.security.accounts import UserDraft
from frontdesk.services.security.sign_in import AT_THE_DOOR
from tests import postgres_server
from tests.builders.office import HARBOR_POINT, npi
from tests.conftest import TUESDAY

OFFICE = NewOffice(
    HARBOR_POINT, UserDraft("Maria Hess", "maria"), "quiet river stone", FirstProvider("Grace", "Lee", npi(1))
)
PASSPHRASE = "maple violin harbor seven"


@pytest.fixture(autouse=True)
def _own_folders_and_no_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    before = keyring.get_keyring()
    keyring.set_keyring(Absent())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A file that is not there yet, in a folder that is not there yet."""
    return Place(file=str(tmp_path / "data" / "office.db"), station="Front desk 1")


def test_a_new_file_is_set_up_and_its_administrator_is_in(place: Place) -> None:
    opened = opening.open_office(place, passphrase=PASSPHRASE, office=OFFICE, clock=SetClock(TUESDAY))
    assert opened.actor is not None
    assert opened.actor.may("security.manage_users")
    assert opened.database.station.name == "Front desk 1"
    assert places.remembered() == place
    opened.database.close()


def test_without_a_keyring_nothing_is_made_until_there_is_a_passphrase(place: Place) -> None:
    with pytest.raises(keys.PassphraseNeeded):
        opening.open_office(place, office=OFFICE)
    assert not place.path.exists()
    assert places.remembered() is None


def test_a_set_up_that_stopped_half_way_goes_on(place: Place) -> None:
    weak = NewOffice(HARBOR_POINT, OFFICE.administrator, "maria maria maria")
    with pytest.raises(Refused, match=r"^The password contains the name or login\. Choose another\.$"):
        opening.open_office(place, passphrase=PASSPHRASE, office=weak, clock=SetClock(TUESDAY))
    assert places.remembered() is None
    opened = opening.open_office(place, passphrase=PASSPHRASE, office=OFFICE, clock=SetClock(TUESDAY))
    assert opened.actor is not None
    opened.database.close()


def test_a_second_desk_joins_the_server_and_signs_in(place: Place) -> None:
    name = "opening_of_two_desks"
    url = postgres_server.create_database(name)
    try:
        clock = SetClock(TUESDAY)
        first = opening.open_office(Place(url=url, station="Front desk 1"), office=OFFICE, clock=clock)
        second = opening.open_office(Place(url=url, station="Front desk 2"), clock=clock)
        assert first.actor is not None
        assert second.actor is None
        assert second.database.ask(AT_THE_DOOR, establish.is_established)
        first.database.close()
        second.database.close()
    finally:
        postgres_server.drop_database(name)
