"""Imports: a firm's own ledgers, looked at before they are taken."""
