"""The authored course: chapters with their cells, questions, facts and variants, read and found sound."""
