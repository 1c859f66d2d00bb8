"""What belongs to no single domain: the day of a visit from door to door."""
