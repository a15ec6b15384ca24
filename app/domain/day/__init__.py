"""我的一天: what a person must do next, from every capability, most urgent first."""
