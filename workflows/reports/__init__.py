"""Reports: tables of counts, and how small numbers are kept from telling about anybody."""
