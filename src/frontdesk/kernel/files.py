"""Where the files that travel with the program lie: the same answer from a checkout and from a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = _PACKAGE / "shipped"  # filled when the wheel is built: tools/ship.py
_CHECKOUT = _PACKAGE.parents[1]


def migrations_folder() -> Path:
    """The folder with env.py and versions/."""
    return _folder("migrations")


def resources_folder() -> Path:
    """The folder with style, forms, codes and i18n."""
    return _folder("resources")


def _folder(name: str) -> Path:
    shipped = _SHIPPED / name
    return shipped if shipped.is_dir() else _CHECKOUT / name
