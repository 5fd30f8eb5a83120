"""Tables of statistics of other authorities."""
