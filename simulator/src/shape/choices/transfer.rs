//! How the text of a reply is transferred.

choice! {
    /// `Content-Type` of replies, without the charset.
    ContentType {
        /// `application/json`.
        #[default]
        Json = "json",
        /// `text/plain`.
        TextPlain = "text-plain" is Clear,
        /// `text/html`.
        TextHtml = "text-html" is Clear,
        /// The header is missing.
        Absent = "absent" is Clear,
    }
}

choice! {
    /// Encoding of the text.
    Charset {
        /// UTF-8.
        #[default]
        Utf8 = "utf-8",
        /// UTF-8 after a byte order mark.
        Utf8Bom = "utf-8-bom" is Clear,
        /// GBK, declared by `Content-Type`, with descriptions in Chinese.
        Gbk = "gbk" is Clear,
        /// GBK that `Content-Type` does not declare, with descriptions in Chinese.
        GbkUndeclared = "gbk-undeclared" is Clear,
    }
}

choice! {
    /// `Content-Encoding` of replies, whatever the client accepts.
    ContentEncoding {
        /// None.
        #[default]
        Identity = "identity",
        /// `gzip`.
        Gzip = "gzip" is Doubtful,
    }
}
