"""Forms of diagrams as GOV.UK components, and back to values."""
