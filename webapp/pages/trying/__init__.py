"""Drafts tried in a sandbox, and the stories that are lived when they are published."""
