"""Pages of Golden Autumn that no declaration gives."""
