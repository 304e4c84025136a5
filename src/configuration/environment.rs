//! The environment, which provides settings that the `provider` block omits.

/// Looks up an environment variable.
pub type Environment = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;
