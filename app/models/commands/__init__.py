"""The verbs, by noun; the only writers. Each is one transaction, its notices in the same one."""
