"""Judge a built portal as its readers get it: `make quality`."""
