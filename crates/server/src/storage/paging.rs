//! Lists by cursor: the next page begins after the last row of the one before, so that rows which come or go
//! meanwhile neither repeat nor hide others.

/// Where a page begins: after the row with this sort key and id. The default is the beginning.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct After {
    /// The row's sort key, for most lists its lower-case name.
    pub key: String,
    /// The row's id.
    pub id: String,
}

/// Some rows of a list.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// The rows, at most as many as were asked for.
    pub rows: Vec<T>,
    /// Whether more follow.
    pub more: bool,
}

impl<T> Slice<T> {
    /// From a query that asked for [`one_more`] row than wanted.
    #[must_use]
    pub fn new(mut rows: Vec<T>, limit: u32) -> Self {
        let limit = limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Self { rows, more }
    }
}

/// The LIMIT that shows whether more rows follow.
#[must_use]
pub fn one_more(limit: u32) -> i64 {
    i64::from(limit) + 1
}
