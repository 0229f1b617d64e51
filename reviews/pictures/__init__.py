"""Small pictures, drawn by the server as SVG: each says in words what it shows, and takes its colours from the page."""
