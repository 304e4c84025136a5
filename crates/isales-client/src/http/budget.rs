//! The retry budget, which all calls of a client share.

use std::sync::atomic::{AtomicU32, Ordering};

/// A budget of retries.
///
/// Each retry withdraws from it and each success deposits, so that retries die down when most
/// requests fail, instead of multiplying the load on a server in trouble.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
}

// === impl RetryBudget ===

impl RetryBudget {
    const FULL: u32 = 500;
    const RETRY: u32 = 5;
    const SUCCESS: u32 = 1;

    pub(crate) const fn new() -> Self {
        Self {
            tokens: AtomicU32::new(Self::FULL),
        }
    }

    /// Withdraws the cost of one retry; returns false if the budget is too low.
    pub(crate) fn take(&self) -> bool {
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(Self::RETRY)
            })
            .is_ok()
    }

    /// Refunds the retries of a successful request, and adds a little for each success.
    pub(crate) fn give_back(&self, retries: u32) {
        let tokens = Self::SUCCESS.saturating_add(Self::RETRY.saturating_mul(retries));
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                Some(left.saturating_add(tokens).min(Self::FULL))
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_runs_dry_and_recovers_with_successes() {
        let budget = RetryBudget::new();
        let mut retries = 0;
        while budget.take() {
            retries += 1;
        }
        assert_eq!(retries, 100);
        budget.give_back(0);
        assert!(!budget.take());
        budget.give_back(1);
        assert!(budget.take());
        budget.give_back(u32::MAX);
        assert_eq!(budget.tokens.into_inner(), RetryBudget::FULL);
    }
}
