//! Releases of Terraform and OpenTofu, and what they can do.

use std::{fmt, str::FromStr};

/// A program that runs providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    Terraform,
    OpenTofu,
}

/// A major and a minor version.
pub type Version = (u64, u64);

/// A program and its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    pub product: Product,
    pub version: Version,
}

/// What only some releases can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// `terraform test`.
    TestCommand,
    /// `import` blocks with `for_each`.
    ImportForEach,
    /// Functions of providers, also in outputs and in `terraform providers schema`.
    ProviderFunctions,
    /// Functions of a provider that is not configured.
    UnconfiguredFunctions,
    /// `moved` blocks from one type of resource to another.
    MovedTypes,
    /// `import` blocks with `identity`.
    ImportByIdentity,
    /// `terraform query`.
    Query,
    /// `action` blocks, and the triggers of resources.
    Actions,
    /// Processes of several `provider` blocks that run at the same time. OpenTofu may end one before the
    /// next has started.
    ConcurrentProviders,
}

// === impl Release ===

impl Release {
    /// The oldest that the provider is for.
    pub const OLDEST: [Self; 2] = [
        Self::new(Product::Terraform, (1, 5)),
        Self::new(Product::OpenTofu, (1, 6)),
    ];

    pub const fn new(product: Product, version: Version) -> Self {
        Self { product, version }
    }

    /// Whether the provider is for it.
    pub fn is_supported(self) -> bool {
        Self::OLDEST
            .iter()
            .any(|oldest| oldest.product == self.product && oldest.version <= self.version)
    }

    pub fn has(self, feature: Feature) -> bool {
        self.lacks(feature).is_none()
    }

    /// Why it does not have a feature; `None` if it does.
    pub fn lacks(self, feature: Feature) -> Option<String> {
        let first = feature.first(self.product);
        match first {
            Some(first) if first <= self.version => None,
            Some((major, minor)) => Some(format!(
                "{self} is older than {major}.{minor}, the first with {feature}"
            )),
            None => Some(format!("{} does not have {feature}", self.product)),
        }
    }
}

impl FromStr for Release {
    type Err = String;

    /// Reads the first line of `terraform version`, or the same without the `v` or the patch.
    fn from_str(text: &str) -> Result<Self, String> {
        let unreadable =
            || format!("{text:?} is not such as \"Terraform 1.8\" or \"OpenTofu 1.9\"");
        let mut words = text.split_whitespace();
        let (name, version) = match (words.next(), words.next()) {
            (Some(name), Some(version)) => (name.to_lowercase(), version),
            _ => return Err(unreadable()),
        };
        let product = match name.as_str() {
            "terraform" => Product::Terraform,
            "opentofu" => Product::OpenTofu,
            _ => return Err(unreadable()),
        };
        let mut parts = version.trim_start_matches('v').split('.').map(str::parse);
        match (parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor))) => Ok(Self::new(product, (major, minor))),
            _ => Err(unreadable()),
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor) = self.version;
        write!(f, "{} {major}.{minor}", self.product)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Terraform => "Terraform",
            Self::OpenTofu => "OpenTofu",
        })
    }
}

// === impl Feature ===

impl Feature {
    pub const ALL: [Self; 9] = [
        Self::TestCommand,
        Self::ImportForEach,
        Self::ProviderFunctions,
        Self::UnconfiguredFunctions,
        Self::MovedTypes,
        Self::ImportByIdentity,
        Self::Query,
        Self::Actions,
        Self::ConcurrentProviders,
    ];

    /// The first version of a product that has it.
    fn first(self, product: Product) -> Option<Version> {
        let (terraform, opentofu) = match self {
            Self::TestCommand => ((1, 6), Some((1, 6))),
            Self::ImportForEach => ((1, 7), Some((1, 7))),
            // OpenTofu 1.7 has them elsewhere than in outputs.
            Self::ProviderFunctions => ((1, 8), Some((1, 8))),
            Self::UnconfiguredFunctions => ((1, 8), Some((1, 11))),
            Self::MovedTypes => ((1, 8), Some((1, 10))),
            Self::ImportByIdentity => ((1, 12), Some((1, 12))),
            Self::Query | Self::Actions => ((1, 14), None),
            Self::ConcurrentProviders => ((1, 5), None),
        };
        match product {
            Product::Terraform => Some(terraform),
            Product::OpenTofu => opentofu,
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TestCommand => "the command test",
            Self::ImportForEach => "import blocks with for_each",
            Self::ProviderFunctions => "provider functions",
            Self::UnconfiguredFunctions => "functions of providers that are not configured",
            Self::MovedTypes => "moved blocks between types",
            Self::ImportByIdentity => "import blocks with identity",
            Self::Query => "the command query",
            Self::Actions => "actions",
            Self::ConcurrentProviders => {
                "processes of all provider blocks running at the same time"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(text: &str) -> Release {
        text.parse().unwrap()
    }

    #[test]
    fn releases_are_read_as_programs_and_people_write_them() {
        let expected = Release::new(Product::OpenTofu, (1, 12));
        for text in ["OpenTofu v1.12.6", "opentofu 1.12", "OpenTofu v1.12.0-rc1"] {
            assert_eq!(release(text), expected, "{text}");
        }
        for text in ["", "Terraform", "terraform one", "tf 1.5", "terraform v1"] {
            assert!(text.parse::<Release>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_release_that_lacks_something_says_since_when_it_is_there() {
        let lacks = |text, feature| release(text).lacks(feature);
        assert_eq!(
            lacks("Terraform 1.5", Feature::ProviderFunctions).as_deref(),
            Some("Terraform 1.5 is older than 1.8, the first with provider functions")
        );
        assert_eq!(
            lacks("OpenTofu 1.12", Feature::Query).as_deref(),
            Some("OpenTofu does not have the command query")
        );
        assert_eq!(lacks("OpenTofu 1.8", Feature::ProviderFunctions), None);
        assert!(!release("Terraform 1.4").is_supported());
        assert!(release("OpenTofu 1.6").is_supported());
    }
}
