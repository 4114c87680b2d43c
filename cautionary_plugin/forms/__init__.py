"""What the staff screens and the case screens share about forms."""
