"""The portal's command line: ``python -m scripts COMMAND``. One module for each command."""
