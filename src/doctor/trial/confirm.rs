//! The user's consent.

use std::io::{self, BufRead as _};

use isales_client::CampaignRef;
use tokio_util::sync::CancellationToken;

/// Asks the user to type the name of the campaign. Returns whether that was typed.
///
/// # Errors
///
/// The answer cannot be read.
pub(super) async fn is_typed(
    campaign: CampaignRef,
    cancel: &CancellationToken,
) -> io::Result<bool> {
    // A thread that still waits for a line does not keep the process from ending.
    let answer = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map(|_| line)
    });
    match cancel.run_until_cancelled(answer).await {
        None => Ok(false),
        Some(Err(error)) => Err(io::Error::other(error)),
        Some(Ok(line)) => Ok(is_answer(&line?, campaign)),
    }
}

fn is_answer(line: &str, campaign: CampaignRef) -> bool {
    line.trim() == campaign.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_the_campaign_is_consent() {
        let campaign = "25/46".parse().unwrap();
        assert!(is_answer("25/46\n", campaign));
        assert!(is_answer(" 25/46 \r\n", campaign));
        for other in ["", "\n", "yes", "y", "46", "25/47"] {
            assert!(!is_answer(other, campaign), "{other}");
        }
    }
}
