"""Questions about cases, tasks and deadlines, for whoever may see them."""
