"""Measurements against a peer, on one machine, in one run. `python -m bench.run` prints them."""
