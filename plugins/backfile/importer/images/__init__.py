"""Images of articles: found beside their source, freed of what they tell of people, kept by their digest."""
