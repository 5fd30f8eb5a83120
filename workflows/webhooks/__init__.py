"""Webhooks: which events there are, who wants them, and how they are sent safely."""
