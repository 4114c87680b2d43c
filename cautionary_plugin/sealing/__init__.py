"""One key per file on a person, kept apart from the database; values that only open with it.

Start at ``fields`` (what a model declares), ``holders`` (whose key it is) and ``keyrings``
(where the keys that wrap those keys live).
"""
