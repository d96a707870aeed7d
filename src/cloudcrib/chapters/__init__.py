"""The code of the chapters, a folder each: models by subject, figures, explorers, labs."""
