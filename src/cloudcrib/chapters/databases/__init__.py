"""Databases: models of relational databases, DynamoDB, caches and warehouses."""
