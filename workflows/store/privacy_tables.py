"""Tables of restricted cases, retention and subject access."""
