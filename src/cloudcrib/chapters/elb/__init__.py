"""Load balancing: models of shares, rules, requests and health."""
