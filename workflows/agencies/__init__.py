"""Agencies with their teams, and which team gets a task."""
