"""One file a page: the drafts and filters of a screen. Decides nothing; gives one command and reads again."""
