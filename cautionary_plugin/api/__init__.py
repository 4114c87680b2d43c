"""The headless face: the same checks and reports for programs that show them elsewhere.

No logic of its own: each call goes through the gate of the screens, fills in the forms of the
screens, and hands them to the actions of the screens (decision 23).
"""
