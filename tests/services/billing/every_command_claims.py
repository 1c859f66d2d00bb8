"""Every command of the claims' side, once."""

from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
