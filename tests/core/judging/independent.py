"""The package that agreement is checked against; its warnings on import are its own business."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from statsmodels.stats import inter_rater
    from statsmodels.stats import proportion as proportions

__all__ = ["inter_rater", "proportions"]
