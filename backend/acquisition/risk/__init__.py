"""Risk assessments: how likely somebody is not to pay, or not to be who they say (TMF696)."""
