"""What people see: pages, the REST API, the diagram studio and the command line."""
