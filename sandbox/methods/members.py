"""Members of groups: who is in, who may what."""
