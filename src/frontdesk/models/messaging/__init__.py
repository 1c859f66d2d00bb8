"""What the office tells each other."""
