"""Steps that failed: what they failed for."""
