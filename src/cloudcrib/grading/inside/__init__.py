"""What runs in the box, beside student code: it knows nothing of courses, gradebooks or keys."""
