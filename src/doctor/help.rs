//! The text of `doctor --help`.

/// The text of `doctor --help`.
pub(super) const TEXT: &str = "\
Finds out whether the provider can work with a CC-iSales server, step by step: settings, name
resolution, proxy, TCP, TLS, clock, signature, VDN, campaigns, retry policies and permissions.
Ends with the provider block to copy. It only reads, one request at a time, unless told otherwise.

Usage: terraform-provider-isales doctor [OPTION]…

The settings of the provider come from the same environment variables as under Terraform. Each has
a flag as well, which takes precedence:

  --endpoint URL                 ISALES_ENDPOINT
  --vdn-id ID                    ISALES_VDN_ID
  --access-key KEY               ISALES_ACCESS_KEY
  --secret-key-file FILE         a file with the secret key, in place of ISALES_SECRET_KEY
  --locale NAME                  ISALES_LOCALE
  --ca-cert-file FILE            ISALES_CA_CERT_FILE
  --ca-cert-pem PEM              ISALES_CA_CERT_PEM
  --client-cert-file FILE        ISALES_CLIENT_CERT_FILE
  --client-key-file FILE         ISALES_CLIENT_KEY_FILE
  --insecure                     ISALES_INSECURE
  --proxy-url URL                ISALES_PROXY_URL; use the variable for a URL with a password
  --connect-timeout DURATION     ISALES_CONNECT_TIMEOUT
  --request-timeout DURATION     ISALES_REQUEST_TIMEOUT
  --max-retries N                ISALES_MAX_RETRIES
  --max-concurrent-requests N    ISALES_MAX_CONCURRENT_REQUESTS
  --requests-per-second N        ISALES_REQUESTS_PER_SECOND
  --policy-json-quotes WHICH     ISALES_POLICY_JSON_QUOTES
  --common-policy-layout WHICH   ISALES_COMMON_POLICY_LAYOUT
  --timestamp-precision WHICH    ISALES_TIMESTAMP_PRECISION
  --signed-headers LIST          ISALES_SIGNED_HEADERS

There is no flag for the secret key itself: other users of the machine see flags.

  --campaign-id ID               read the policy of this campaign instead of the first 20 of the
                                 list; may be repeated
  --measure                      find out how many requests at a time the server takes, up to 10
  --report FILE                  write what the server answered to a file to send, with every value
                                 replaced

  --write VDN/CAMPAIGN           set policies on this campaign, read them back, and put back what
                                 was there
  --yes                          do not ask before that
  --even-if-running              do it even if the campaign is not suspended
  --leave-policy                 do it even if the campaign has no policy to put back
  --may-lose NAME,…              do it even if these members of the query's reply may get lost
  --undo-file FILE               where to write what undoes it until it is undone (default:
                                 isales-undo-VDN-CAMPAIGN-TIME.json in the working directory)
  --pause DURATION               time between two POSTs, at least 1s (default) unless the server is
                                 on this machine

  --undo FILE                    put back what a trial that was killed could not, and do nothing
                                 else; may be repeated

  --json                         print one JSON document
  --color auto|always|never      default auto: on a terminal, unless NO_COLOR is set
  -h, --help                     print this text

Exit status: 0 nothing to fix, 1 something to fix, or interrupted, 2 wrong usage.
";
