"""Optional app: the register's own page on the intranet, and the mixin that it is made of."""
