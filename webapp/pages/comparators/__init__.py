"""Published statistics, and with whom the authority compares itself."""
