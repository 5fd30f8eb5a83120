"""Where a worker checks the statutory return and makes its files."""
