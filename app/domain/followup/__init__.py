"""Call → case → call: what follows from a call, and the calls that follow from a case."""
