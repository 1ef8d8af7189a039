"""What was taken out of the archive at somebody's wish: the takedown file, and what it does to an article."""
