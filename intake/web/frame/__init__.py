"""What every page shares: the request, who asks, the layout, words, refusals."""
