"""The patient panel, registering a patient, and the cards of their coverage."""
