"""What colleagues without any post are asked to do after a decision of the panel (B39–B51)."""
