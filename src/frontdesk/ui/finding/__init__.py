"""Finding patients while one types: the field and its lines, wherever one is chosen."""
