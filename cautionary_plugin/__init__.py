"""A council's cautionary persons register, as an installable Wagtail package."""

__version__ = "0.1.0"
