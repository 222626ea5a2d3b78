"""Everything that is drawn: one module for each chapter. Needs `xentlib[figures]`."""
