"""What people are told by email once a day, instead of by an email per case."""
