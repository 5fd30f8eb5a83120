"""The SEND domain: the law, cases, agencies, facts, deadlines, notices and what diagrams call."""
