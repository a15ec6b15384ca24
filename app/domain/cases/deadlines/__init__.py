"""The deadlines of a case: what must stand by the rules (policy), kept in step (sync), shown (display)."""
