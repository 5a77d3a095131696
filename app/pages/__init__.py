"""One file a page: route, title, the composition of components."""
