"""Optional app: the register's pages on the intranet, and the mixins that they are made of."""
