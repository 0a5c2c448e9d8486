"""Answer pictures: decode, encode, search; and train the network that encodes."""
