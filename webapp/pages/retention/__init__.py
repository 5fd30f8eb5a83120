"""Pages: retention and legal hold."""
