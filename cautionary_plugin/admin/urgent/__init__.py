"""Add a high-risk entry ahead of the panel, and answer what the panel refers (B41, B42)."""
