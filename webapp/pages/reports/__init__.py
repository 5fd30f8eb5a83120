"""Pages: reports for partners and the public."""
