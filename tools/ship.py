"""Build hook: folders at the root of the checkout travel inside the wheel. kernel/files.py finds them."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDERS = ("migrations", "resources")


class Ship(BuildHookInterface[Any]):  # Any: hatchling's own parameter for a builder's configuration
    """Adds the folders to a real wheel; an editable install reads them where they are."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"] |= {folder: f"frontdesk/shipped/{folder}" for folder in _FOLDERS}
