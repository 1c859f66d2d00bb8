"""What is planned: visit types, providers' hours, visits with their resources and history."""
