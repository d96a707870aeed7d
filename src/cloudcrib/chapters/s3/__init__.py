"""Object storage: models of objects, classes, versions, access, replication and speed."""
