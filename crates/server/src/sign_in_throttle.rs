//! Slows the guessing of passwords: per account, however many addresses take part, and per address, however many
//! accounts it tries.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::clock::Clock;
use crate::rate_limit::RateLimit;
use crate::routes::client_address::{ClientAddress, Network};
use crate::storage::operators::email_key;

/// Counts attempts to sign in.
#[derive(Debug)]
pub struct SignInThrottle {
    accounts: RateLimit<String>,
    addresses: RateLimit<Network>,
}

impl SignInThrottle {
    /// Nobody has tried yet.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        Self {
            accounts: RateLimit::new(ACCOUNT_BURST, ACCOUNT_PERIOD, clock.clone()),
            addresses: RateLimit::new(ADDRESS_BURST, ADDRESS_PERIOD, clock.clone()),
        }
    }

    /// Counts an attempt. Called before the password is looked at, so that a refusal tells nothing about it; and for
    /// accounts that do not exist too, so that it tells nothing about them.
    ///
    /// # Errors
    /// How long to wait.
    pub fn check(&self, email: &str, address: ClientAddress) -> Result<(), Duration> {
        self.addresses.check(&address.network())?;
        // A text of any length must not become a key that is kept.
        let account: String = email_key(email.trim()).chars().take(254).collect();
        self.accounts.check(&account)
    }
}

/// 20 attempts at once for one account, then one in 6 s, which is 14,400 a day: with the shortest password allowed,
/// guessing at random stays hopeless, and somebody who mistypes is not locked out for long.
const ACCOUNT_BURST: NonZeroU32 = NonZeroU32::new(20).unwrap();
const ACCOUNT_PERIOD: Duration = Duration::from_secs(6);
/// More from one address, because an office shares one.
const ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(60).unwrap();
const ADDRESS_PERIOD: Duration = Duration::from_secs(1);
