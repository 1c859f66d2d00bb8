"""The tables. Importing the package maps all of them, so that foreign keys find each other by name."""

from importlib import import_module
from pkgutil import walk_packages

for _module in walk_packages(__path__, prefix=f"{__name__}."):
    import_module(_module.name)
