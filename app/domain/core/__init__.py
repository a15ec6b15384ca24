"""The ground that every room stands on: time, errors, enums, tables, text. Knows nothing of the field."""
