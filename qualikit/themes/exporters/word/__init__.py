"""What the Word document of a matrix is put together from."""
