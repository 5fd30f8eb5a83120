"""Whether a diagram may go live: what is asked of it, one rule a file."""
