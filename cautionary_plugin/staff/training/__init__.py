"""Training: how I stand with my briefing, and what I am expected at."""
