"""What the package tells of itself."""

from django.dispatch import Signal

# Somebody was refused at a door of the package.
# Arguments: user (may be anonymous, or a NamedSystem), screen (the name of the URL), at (aware
# datetime).
refused = Signal()
