"""Pages: what the public says about the local offer, and what the authority answers."""
