"""One topic a module: from an Enquiry to a Part."""
