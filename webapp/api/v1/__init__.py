"""Version 1, one resource a file."""
