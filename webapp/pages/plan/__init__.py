"""Pages: EHC plans."""
