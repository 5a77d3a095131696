"""Meridian: mentoring, tutoring and coaching sessions for organisations."""
