"""How fast qualikit is beside its closest peer, or beside the naive way. ````--list`` names them."""
