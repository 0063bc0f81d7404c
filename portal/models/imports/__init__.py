"""What imports wrote."""
