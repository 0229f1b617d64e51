"""The craft in plain Python: reading, citing, judging. Knows no Django and no Celery."""
