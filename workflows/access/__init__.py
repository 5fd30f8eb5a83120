"""Who people are, what they may do, and who looked at what."""
