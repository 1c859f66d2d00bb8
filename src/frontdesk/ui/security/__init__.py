"""Before the pages: the first set-up, signing in, the locked screen."""
