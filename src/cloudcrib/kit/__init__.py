"""What every part may use: drawing and exploring, Markdown, files replaced in one step, imports put off."""
