"""Named systems: programs that check or report by themselves (A40)."""
