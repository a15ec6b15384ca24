"""What pages share: forms, access, errors, languages, formats."""
