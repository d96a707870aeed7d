"""DNS: models of records, zones, caches and distance."""
