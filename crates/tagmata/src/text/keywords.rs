//! The words that the filter language keeps for itself.

/// Every keyword, in lower case. A field or interaction kind may not be called by one of them.
pub(crate) const KEYWORDS: [&str; 45] = [
    "after", "ago", "all", "and", "anniversary", "any", "avg", "before", "between", "calendar", "contains",
    "count", "empty", "ends", "everyone", "false", "first", "from", "has", "in", "is", "labelled", "last",
    "less", "max", "min", "more", "next", "nobody", "none", "not", "now", "on", "only", "or", "search",
    "starts", "sum", "than", "this", "today", "tomorrow", "true", "with", "yesterday",
];

/// Whether a word, in any case, is a keyword.
pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}
