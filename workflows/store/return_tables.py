"""Tables of the statutory return."""
