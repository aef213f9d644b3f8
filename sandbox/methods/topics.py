"""Topics of supergroups."""
