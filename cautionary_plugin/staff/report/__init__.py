"""Report an incident or a concern, and see how one's reports stand (A6, A7)."""
