"""The domain: articles, and who wants them when. Knows nothing of Discord."""
