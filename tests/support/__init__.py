"""What tests of several kinds need: databases, servers, a browser, a mail server."""
