//! Clocks that differ.

use test_support::{
    policies::{GLOBAL_COMMON, common, common_json, resource},
    server::{Observed as _, server},
    terraform::Workspace,
};

#[test]
fn a_signature_that_was_refused_for_its_time_is_made_again_with_the_servers() {
    for hours in [2, -2] {
        let server = server();
        // The server allows for a quarter of an hour.
        server.set_clock_offset(hours * 3600);
        let workspace = Workspace::new(&server);
        workspace.write(&resource(46, GLOBAL_COMMON));
        workspace.apply().succeeds().without_warnings();
        workspace.plan().finds_no_changes();
        workspace.write(&resource(46, &common(2, 1)));
        workspace.apply().succeeds().without_warnings();
        assert_eq!(server.kept(46), Some(common_json(2, 1)));

        let requests = server.requests();
        let (refused, accepted): (Vec<_>, Vec<_>) = requests
            .iter()
            .partition(|request| request.signature_error.is_some());
        assert!(!refused.is_empty());
        for request in refused {
            let reason = request.signature_error.as_deref().unwrap();
            assert!(reason.contains("seconds away"), "{reason}");
            // Each process learns of the other clock by its first request, which reads.
            assert_eq!(
                (request.status, request.method.as_str()),
                (Some(401), "GET")
            );
        }
        assert_eq!(server.posted().len(), 2);
        assert!(accepted.len() > 4, "{}", accepted.len());
    }
}

#[test]
fn a_clock_that_runs_away_meanwhile_is_followed() {
    let server = server();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    for hours in [0, 5, -5] {
        server.set_clock_offset(hours * 3600);
        workspace.apply().succeeds().without_warnings();
        workspace.plan().finds_no_changes().without_warnings();
    }
}
