"""A sheet of people: who is added, updated, assigned and unassigned (A4)."""
