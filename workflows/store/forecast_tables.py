"""Tables of forecasts."""
