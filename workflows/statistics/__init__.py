"""Statistics that the Department for Education publishes about all authorities."""
