"""Who shall review: names that make a conflict of interest, and a panel that is fit, free and fair. Knows no Django."""
