"""Files of payments, as banks and bill networks send them: which column is what, and what a file says."""
