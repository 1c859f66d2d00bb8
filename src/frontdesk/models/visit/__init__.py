"""What happens with a visit at the desk on its day."""
