"""What the studio asks while somebody draws: lists, previews, checks."""
