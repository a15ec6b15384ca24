"""A report as JSON, Excel and PDF."""
