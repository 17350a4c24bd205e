"""The only modules that know MkDocs: thin, each round a pure function."""
