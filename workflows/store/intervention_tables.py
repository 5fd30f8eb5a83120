"""Tables of what managers do to many cases at once, and absences."""
