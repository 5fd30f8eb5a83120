"""Pages: the register of phased duties."""
