"""Each measure beside its limit, in one run, as a ratio. `make bench`, `make bench ONLY=typeahead`."""
