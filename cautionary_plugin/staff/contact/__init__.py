"""The customers whose single point of contact one is (B24, B27)."""
