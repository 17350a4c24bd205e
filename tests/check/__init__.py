"""The modules of the health check that know no page, tried in node, and the data that the page gives them."""
