"""A long task in a process of its own: how far it is, cancelled, never twice at once, taken up again after a kill."""
