"""One way out for emails: by a mail server, GOV.UK Notify, into a folder, or onto the console."""
