"""Files and messages of the outside world: values in, bytes out; no database, no Qt."""
