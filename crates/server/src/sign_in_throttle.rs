//! Slows the guessing of passwords: per account and address, per address however many accounts it tries, and per
//! account however many addresses take part. Only the last lets others get in the way of an account's owner, so it is by
//! far the loosest.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::clock::Clock;
use crate::rate_limit::RateLimit;
use crate::routes::client_address::{ClientAddress, Network};
use crate::storage::operators::email_key;

/// Counts attempts to sign in.
#[derive(Debug)]
pub struct SignInThrottle {
    addresses: RateLimit<Network>,
    accounts_by_address: RateLimit<(String, Network)>,
    accounts: RateLimit<String>,
}

impl SignInThrottle {
    /// Nobody has tried yet.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        Self {
            addresses: RateLimit::new(ADDRESS_BURST, ADDRESS_PERIOD, clock.clone()),
            accounts_by_address: RateLimit::new(
                ACCOUNT_BY_ADDRESS_BURST,
                ACCOUNT_BY_ADDRESS_PERIOD,
                clock.clone(),
            ),
            accounts: RateLimit::new(ACCOUNT_BURST, ACCOUNT_PERIOD, clock.clone()),
        }
    }

    /// Counts an attempt to sign in. Called before the password is looked at, so that a refusal tells nothing about
    /// it; and for accounts that do not exist too, so that it tells nothing about them.
    ///
    /// # Errors
    /// How long to wait.
    pub fn check(&self, email: &str, address: ClientAddress) -> Result<(), Duration> {
        let network = address.network();
        self.addresses.check(&network)?;
        // A text of any length must not become a key that is kept.
        let account: String = email_key(email.trim()).chars().take(254).collect();
        self.accounts_by_address
            .check(&(account.clone(), network))?;
        // Last: what one address tries beyond its own limit must not count against the owner.
        self.accounts.check(&account)
    }

    /// Counts an attempt to use the set-up link. By address alone: nobody must be able to keep the first administrator
    /// out.
    ///
    /// # Errors
    /// How long to wait.
    pub fn check_set_up(&self, address: ClientAddress) -> Result<(), Duration> {
        let network = address.network();
        self.addresses.check(&network)?;
        self.accounts_by_address.check(&(String::new(), network))
    }
}

/// 20 attempts at once for one account from one address, then one in 6 s, which is 14,400 a day: with the shortest
/// password allowed, guessing at random stays hopeless, and somebody who mistypes is not locked out for long.
const ACCOUNT_BY_ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(20).unwrap();
const ACCOUNT_BY_ADDRESS_PERIOD: Duration = Duration::from_secs(6);
/// More from one address, because an office shares one.
const ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(60).unwrap();
const ADDRESS_PERIOD: Duration = Duration::from_secs(1);
/// For one account from everywhere: to keep its owner out takes dozens of networks that do not tire, and what those
/// can guess stays hopeless all the same.
const ACCOUNT_BURST: NonZeroU32 = NonZeroU32::new(1_000).unwrap();
const ACCOUNT_PERIOD: Duration = Duration::from_millis(200);

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::Duration;

    use super::{ACCOUNT_BURST, ACCOUNT_PERIOD, SignInThrottle};
    use crate::clock::Clock;
    use crate::routes::client_address::ClientAddress;

    /// In here, not at the front door: there each attempt costs the time of a password's check.
    #[test]
    fn guesses_from_everywhere_are_slowed_too() {
        let clock = Clock::manual(0);
        let throttle = SignInThrottle::new(&clock);
        let address = |number: u32| ClientAddress(IpAddr::V4(Ipv4Addr::from_bits(number)));
        for number in 0..ACCOUNT_BURST.get() {
            let attempt = throttle.check("ada@example.com", address(number));
            assert!(attempt.is_ok(), "{number}");
        }
        let wait = throttle.check("Ada@example.com", address(u32::MAX));
        assert_eq!(wait, Err(ACCOUNT_PERIOD));
        assert!(throttle.check("bo@example.com", address(u32::MAX)).is_ok());
        clock.advance(ACCOUNT_PERIOD);
        assert!(throttle.check("ada@example.com", address(u32::MAX)).is_ok());
    }

    #[test]
    fn what_one_address_may_not_try_does_not_count_against_the_account() {
        let clock = Clock::manual(0);
        let throttle = SignInThrottle::new(&clock);
        let attacker = ClientAddress(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7)));
        for _ in 0..100_000 {
            _ = throttle.check("ada@example.com", attacker);
            clock.advance(Duration::from_millis(10));
        }
        let owner = ClientAddress(IpAddr::V4(Ipv4Addr::LOCALHOST));
        assert!(throttle.check("ada@example.com", owner).is_ok());
    }
}
