"""What pages are built from. Components take Vars and handlers; they know no state and no table."""
