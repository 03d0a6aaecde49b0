"""Text with marks of markup in it -> what a reader sees, at the raw text's own offsets."""
