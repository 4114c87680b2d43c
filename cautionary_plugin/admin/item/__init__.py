"""Run one item of a meeting of the panel, and vote on it (B7, B11, B15–B23, B27)."""
