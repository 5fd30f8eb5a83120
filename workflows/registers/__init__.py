"""What the authority as a whole must do, beside its cases."""
