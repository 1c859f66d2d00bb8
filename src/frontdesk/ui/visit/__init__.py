"""The Check-in tab: who is in the office, and the patient at the desk."""
