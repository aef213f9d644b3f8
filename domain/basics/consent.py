"""What people agree to when they leave their data."""

# of the privacy notice in handlers/home/screens/privacy.py; raise it with each change
CONSENT_VERSION = "2026-11-25"
