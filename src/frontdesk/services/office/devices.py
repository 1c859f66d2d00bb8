"""The devices that visits are booked on."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.office.resources import Device, Resource, ResourceKind
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import resources
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class DeviceDraft:
    """A device as the office enters it; its kind is what visit types ask for: "ultrasound"."""

    name: str
    device_kind: str
    site_id: int
    serial_number: str = ""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device as it is."""

    id: int
    version: int
    is_active: bool
    draft: DeviceDraft

    @property
    def name(self) -> str:
        return self.draft.name


@query(permission="office.view")
def devices(work: Work, *, with_inactive: bool = False) -> tuple[DeviceView, ...]:
    """The devices, in the office's order."""
    found = work.session.execute(
        select(Device, Resource)
        .join(Resource, Resource.id == Device.id)
        .where(resources.among(with_inactive=with_inactive))
        .order_by(Resource.sort_order, Resource.name, Resource.id)
    )
    return tuple(
        DeviceView(device.id, device.version, row.is_active, _draft(device, row)) for device, row in found
    )


def _switched_off(done: Performed) -> Undo:
    return Undo(resources.deactivate_resource, resource_id=done.result)


@command("Add device", permission="office.edit", undo=_switched_off)
def add_device(work: Work, *, draft: DeviceDraft) -> int:
    """Add a device; the id is that of the resource."""
    clean = _checked(work, draft)
    device_id = resources.add_resource(work, ResourceKind.DEVICE, clean.name, clean.site_id)
    work.add(Device(id=device_id, device_kind=clean.device_kind, serial_number=clean.serial_number))
    return device_id


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_device, device_id=done.arguments["device_id"], draft=done.result)


@command("Change device", permission="office.edit", undo=_edited_back)
def edit_device(work: Work, *, device_id: int, draft: DeviceDraft, version: int | None = None) -> DeviceDraft:
    """Change a device; gives back what it was."""
    device = work.get(Device, device_id, version)
    former = _draft(device, work.get(Resource, device_id))
    clean = _checked(work, draft, device_id=device_id)
    device.device_kind, device.serial_number = clean.device_kind, clean.serial_number
    resources.edit_resource(work, device_id, clean.name, clean.site_id)
    return former


def _checked(work: Work, draft: DeviceDraft, *, device_id: int | None = None) -> DeviceDraft:
    clean = replace(
        draft,
        name=resources.plain(draft.name),
        device_kind=resources.plain(draft.device_kind).lower(),
        serial_number=draft.serial_number.strip(),
    )
    findings = resources.name_findings(work, ResourceKind.DEVICE, clean.name, clean.site_id, device_id)
    if not clean.device_kind:
        findings.append(Finding("Say what kind of device it is.", field="device_kind"))
    refuse_if_any(findings)
    return clean


def _draft(device: Device, row: Resource) -> DeviceDraft:
    return DeviceDraft(row.name, device.device_kind, row.site_id, device.serial_number)
