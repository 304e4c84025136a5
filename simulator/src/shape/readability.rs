//! What a client can make of a shape.

/// What a client can make of the replies in a shape. No shape changes what the server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Readability {
    /// A page of the reference describes the form or leaves it open.
    Documented,
    /// No page describes the form, but it has only one meaning. A client has to read it.
    Clear,
    /// A client may read the form or report that it cannot. It must not take it for anything else,
    /// such as a campaign without a policy.
    Doubtful,
    /// The reply contradicts itself or has a member of a wrong type. A client has to report that it
    /// cannot read it.
    Unreadable,
}
