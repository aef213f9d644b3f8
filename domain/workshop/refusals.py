"""Why something is not possible in a workshop."""
