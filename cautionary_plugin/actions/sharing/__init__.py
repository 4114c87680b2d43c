"""What of an entry is given to whom: audience, disclosure, withdrawal (A41–A46, L1, L14)."""
