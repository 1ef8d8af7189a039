"""Where Pelican's objects are handled: its generators, its writer and its articles, made incremental."""
