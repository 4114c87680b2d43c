"""Single points of contact, and the e-mail diverts that go to them (B23–B30)."""
