"""What administrators set: agencies, people, routing, calendar, tokens, webhooks."""
