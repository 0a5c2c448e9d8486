"""Look an installation over: what is wrong with it, how bad that is, and what to do."""
