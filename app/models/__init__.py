"""The domain: everything that decides or remembers. It never imports the web framework."""
