"""People whom the operator deals with: who they are and how they are reached (TMF632 Individual)."""
