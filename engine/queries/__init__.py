"""Questions that pages and programs ask; they read projections and never run the engine."""
