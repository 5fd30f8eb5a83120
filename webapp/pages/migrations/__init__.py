"""Move running cases to another version of their process."""
