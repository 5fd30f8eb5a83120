"""Pages: absences."""
