"""Read what was saved of platforms as they once were: dumps of pages and answers, with their thumbnails."""
