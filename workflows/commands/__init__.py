"""The commands of the domain, one file each."""
