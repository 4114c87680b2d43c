"""A host's app with one model that Wagtail's search indexes."""
