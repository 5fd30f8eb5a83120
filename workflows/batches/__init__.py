"""What can be done to many things at once, in words, and how work is dealt out."""
