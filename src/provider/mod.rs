//! Where Terraform and CC-iSales meet: configuration, resources, data sources, functions.
