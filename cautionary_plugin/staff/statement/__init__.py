"""Give one's account of an incident (A11), or comment on an appeal (A26)."""
