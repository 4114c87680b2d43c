"""The Unreasonable Behaviours Panel: cases, meetings, votes, and what follows from them."""
