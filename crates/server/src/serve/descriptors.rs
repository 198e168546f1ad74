//! How many files this process may have open: each connection is one. Must not be called by a library on its own: the
//! limit is the whole process's.

/// Raises the limit to the most that the system allows, and logs it if that is more than before. Where that cannot be done the limit stays.
#[cfg(unix)]
pub fn raise() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let before = getrlimit(Resource::Nofile);
    if before.current == before.maximum {
        tracing::debug!(limit = %shown(before.current), "the limit of open files is the hard limit already");
        return;
    }
    let wanted = Rlimit {
        current: before.maximum,
        ..before
    };
    match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => tracing::info!(
            before = %shown(before.current),
            now = %shown(before.maximum),
            "the limit of open files was raised to the hard limit"
        ),
        Err(error) => {
            tracing::warn!(%error, limit = %shown(before.current), "the limit of open files stays as it is");
        }
    }
}

#[cfg(unix)]
fn shown(limit: Option<u64>) -> String {
    limit.map_or_else(|| "unlimited".to_owned(), |limit| limit.to_string())
}

/// There is no such limit here.
#[cfg(not(unix))]
pub fn raise() {}

/// How the descriptors are shared out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shares {
    /// Connections for everybody.
    pub ordinary: usize,
    /// Connections beyond them that are kept back for probes and operators.
    pub kept_back: usize,
}

impl Shares {
    /// For the limit that holds now.
    #[must_use]
    pub fn current() -> Self {
        Self::of(limit())
    }

    /// The database, the log, listening, and fetches of public keys come first.
    fn of(limit: usize) -> Self {
        let own = OWN.min(limit / 4);
        let kept_back = KEPT_BACK.min((limit - own) / 8);
        Self {
            ordinary: limit - own - kept_back,
            kept_back,
        }
    }

    /// The most that one address may hold, if `wanted` is asked for: four of them do not exhaust a small limit.
    #[must_use]
    pub fn per_address(self, wanted: usize) -> usize {
        wanted.min((self.ordinary / 5).max(1))
    }
}

#[cfg(unix)]
fn limit() -> usize {
    use rustix::process::{Resource, getrlimit};
    getrlimit(Resource::Nofile)
        .current
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(MOST)
        .min(MOST)
}

#[cfg(not(unix))]
fn limit() -> usize {
    MOST
}

/// Nine connections to the database with three files each, and fetches of keys.
const OWN: usize = 160;
const KEPT_BACK: usize = 64;
/// More than one machine serves.
const MOST: usize = 1 << 24;

#[cfg(test)]
mod tests {
    use super::Shares;

    #[test]
    fn something_is_left_for_everybody_under_any_limit() {
        for limit in [0, 1, 16, 64, 256, 1_024, 1 << 20] {
            let shares = Shares::of(limit);
            assert!(shares.ordinary + shares.kept_back <= limit);
            assert!(
                limit < 16 || shares.ordinary > 0 && shares.kept_back > 0,
                "{limit}"
            );
        }
        let shares = Shares::of(1_024);
        assert_eq!(
            shares,
            Shares {
                ordinary: 800,
                kept_back: 64
            }
        );
        assert_eq!(shares.per_address(512), 160);
        assert_eq!(Shares::of(1 << 20).per_address(512), 512);
    }
}
