"""A small application whose models seal: for tests only, without migrations."""
