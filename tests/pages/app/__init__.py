"""A host's own page type, made the register's with the mixin."""
