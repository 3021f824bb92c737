"""The warm hand-over to another region (Wmo 2015 art. 1.2.1)."""
