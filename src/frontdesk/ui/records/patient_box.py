"""The patient field lives with registration now; this name is kept for those who know it here."""

from frontdesk.ui.finding.patient_box import PatientBox

__all__ = ["PatientBox"]
