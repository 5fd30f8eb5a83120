"""Drafts of diagrams and decision tables, and the pages on which they are made."""
