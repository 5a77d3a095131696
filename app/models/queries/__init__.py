"""The only readers for pages: what they show, as frozen dataclasses, for one viewer."""
