//! The simulated server of a test.

use isales_simulator::{RecordedRequest, Simulator};

/// The VDN of the tests. It has campaigns 1 to 300.
pub const VDN: u16 = 25;
/// Another VDN, with campaigns 1 to 50.
pub const OTHER_VDN: u16 = 26;

pub const ACCESS_KEY: &str = "EXAMPLEAK";
pub const SECRET_KEY: &str = "EXAMPLESK";

/// A server that does what the API reference says.
pub fn server() -> Simulator {
    Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .start_blocking()
        .expect("the simulator starts")
}

/// Queries of a test, in addition to the simulator's own interface.
pub trait Observed {
    /// The requests of one method, in the order of their arrival.
    fn received(&self, method: &str) -> Vec<RecordedRequest>;

    /// The bodies of the POST requests.
    fn posted(&self) -> Vec<String> {
        let posts = self.received("POST").into_iter();
        posts.map(|request| request.body).collect()
    }

    /// `policyJson` of a campaign as it was posted last.
    fn kept(&self, campaign_id: i64) -> Option<String>;
}

impl Observed for Simulator {
    fn received(&self, method: &str) -> Vec<RecordedRequest> {
        let mut requests = self.requests();
        requests.retain(|request| request.method == method);
        requests
    }

    fn kept(&self, campaign_id: i64) -> Option<String> {
        self.policy(VDN, campaign_id)
            .map(|policy| policy.policy_json)
    }
}
