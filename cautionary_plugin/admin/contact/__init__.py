"""Single points of contact, e-mail diverts, and the tasks of whoever runs mail (B23–B30)."""
