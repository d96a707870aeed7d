"""Identity: models of names, policies, sessions, organizations and directories."""
