data "isales_business_results" "all" {}

# The codes of both levels by name.
output "codes" {
  value = {
    for result in data.isales_business_results.all.business_results : result.name => {
      code     = result.code
      children = { for child in result.children : child.name => child.code }
    }
  }
}
