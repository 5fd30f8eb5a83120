"""Pages: lawful exceptions that are asked for."""
