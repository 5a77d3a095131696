"""A sheet of sessions: which are created, edited and deleted (BU1–BU5)."""
