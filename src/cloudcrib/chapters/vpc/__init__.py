"""Networks: models of addresses, a packet's way, and bills."""
