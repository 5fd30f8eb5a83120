"""Tables of reports and the local offer."""
