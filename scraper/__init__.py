"""Keep the catalogue current: the sources, their refresh and the studio that draws samples."""
