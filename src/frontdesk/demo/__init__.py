"""A synthetic practice, deterministic by seed, any size: Harbor Point Family Medicine, on one Tuesday."""
