"""The outline of a draft: its steps as a list, edited one by one."""
