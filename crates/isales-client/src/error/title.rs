//! The titles of errors. Those of the API's error codes are in [`super::code`].

titles! {
    /// The title of an error, in a few words.
    pub(crate) enum ErrorTitle {
        SignatureRefused = "Signature Refused",
        RequestCancelled = "Request Cancelled",
        RootCertificatesNotLoaded = "Root Certificates Not Loaded",

        ServerNotReached = "Server Not Reached",
        ServerNotReachedInTime = "Server Not Reached In Time",
        ProxyNotReached = "Proxy Not Reached",
        ProxyRefused = "Proxy Refused The Connection",
        ReplyNotInTime = "Reply Not In Time",
        ConnectionBroken = "Connection Broken",
        ReplyCutShort = "Reply Cut Short",
        ReplyNotUnderstood = "Reply Not Understood",
        RequestNotMade = "Request Not Made",

        CertificateOfUnknownIssuer = "Server Certificate Of Unknown Issuer",
        CertificateOfAuthority = "Server Certificate Is That Of An Authority",
        CertificateExpired = "Server Certificate Expired",
        CertificateNotValidYet = "Server Certificate Not Valid Yet",
        CertificateForAnotherName = "Server Certificate For Another Name",
        CertificateRevoked = "Server Certificate Revoked",
        CertificateNotUsable = "Server Certificate Not Usable",
        ClientCertificateRefused = "Client Certificate Refused",
        HandshakeRefused = "TLS Handshake Refused",
        NoCommonTlsVersion = "No Common TLS Version Or Cipher",
        ServerWithoutTls = "Server Without TLS",
        HandshakeFailed = "TLS Handshake Failed",

        UnexpectedStatus = "Unexpected HTTP Status",
        RedirectRefused = "Redirect Refused",
        UnexpectedContentType = "Unexpected Content Type",
        ReplyNotJson = "Reply Is Not JSON",
        ReplyTooLarge = "Reply Too Large",
        ReplyWithoutCode = "Reply Without A Code",
        CodesContradict = "Codes Contradict Each Other",
        ReplyNotReadable = "Reply Cannot Be Read",
        NewObjectNotListed = "New Object Not Listed",
        ListIncomplete = "List Incomplete",
        ListEndless = "List Without An End",
    }
}
