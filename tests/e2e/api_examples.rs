//! The four combinations of the API page, from the configuration to the bytes that the server gets.

use test_support::{
    policies::{EXAMPLES, page_bodies, resource},
    server::{Observed as _, server},
    terraform::Workspace,
};

#[test]
fn each_example_of_the_page_is_posted_to_the_byte() {
    let server = server();
    let workspace = Workspace::new(&server);
    let bodies = page_bodies();
    assert_eq!(bodies.len(), EXAMPLES.len());
    for (example, body) in EXAMPLES.into_iter().zip(bodies) {
        workspace.write(&resource(46, example));
        server.clear_requests();
        workspace.apply().succeeds().without_warnings();
        assert_eq!(server.posted(), [body]);
        let [post] = &server.received("POST")[..] else {
            panic!("one POST");
        };
        assert_eq!(
            post.path,
            "/rest/isales/v1/openapi/campaigns/25/retryPolicy/46"
        );
        assert_eq!(
            post.header("content-type"),
            Some("application/json; charset=UTF-8")
        );
        assert_eq!(post.signature_error, None);
        workspace.plan().finds_no_changes().without_warnings();
    }
}
