"""The Discord side: parse what people ask, call the domain, render what it answers."""
