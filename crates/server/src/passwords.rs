//! Hashes and checks operators' passwords with argon2id. Takes the same time whether the account exists or not.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use bonafide_protocol::Secret;
use tokio::sync::Semaphore;

use crate::settings::Password;

/// Hashes made or checked at once. Each takes 19 MiB and tens of milliseconds of a core, so a flood of sign-ins
/// must queue here, not in memory.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords, a few at a time. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// The hash of a password nobody has: checked when there is no account, so that the answer takes as long.
    nobody: Arc<str>,
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct PasswordError(String);

impl Passwords {
    /// Makes the hash that stands in for accounts that do not exist.
    ///
    /// # Errors
    /// When argon2 fails, for example for want of memory.
    pub async fn new() -> Result<Self, PasswordError> {
        let permits = Arc::new(Semaphore::new(AT_ONCE));
        let unknown = crate::random::secret("");
        let nobody = run(&permits, move || hash(unknown.expose())).await?;
        Ok(Self {
            permits,
            nobody: nobody.into(),
        })
    }

    /// The argon2id hash of a new password, as a PHC string.
    ///
    /// # Errors
    /// When argon2 fails, for example for want of memory.
    pub async fn hash(&self, password: Password) -> Result<String, PasswordError> {
        run(&self.permits, move || hash(password.expose())).await
    }

    /// Whether `password` has the hash `stored`; false, after the same time, when nothing is stored.
    ///
    /// # Errors
    /// When argon2 fails, or what is stored is not a hash.
    pub async fn check(
        &self,
        password: Secret,
        stored: Option<&str>,
    ) -> Result<bool, PasswordError> {
        let is_known = stored.is_some();
        let stored = stored.unwrap_or(&self.nobody).to_owned();
        let fits = run(&self.permits, move || {
            let stored =
                PasswordHash::new(&stored).map_err(|error| PasswordError(error.to_string()))?;
            Ok(Argon2::default()
                .verify_password(password.expose().as_bytes(), &stored)
                .is_ok())
        })
        .await?;
        Ok(fits && is_known)
    }
}

/// Argon2id with the crate's parameters, which are OWASP's: 19 MiB, two passes, one lane.
fn hash(password: &str) -> Result<String, PasswordError> {
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| PasswordError(error.to_string()))?;
    Ok(hash.to_string())
}

async fn run<T: Send + 'static>(
    permits: &Arc<Semaphore>,
    work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
) -> Result<T, PasswordError> {
    let failed = |error: &dyn std::fmt::Display| PasswordError(error.to_string());
    let permit = Arc::clone(permits)
        .acquire_owned()
        .await
        .map_err(|error| failed(&error))?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(|error| failed(&error))?
}

#[cfg(test)]
mod tests {
    use bonafide_protocol::Secret;

    use super::Passwords;
    use crate::settings::Password;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new().await.unwrap();
        let secret = Secret::new("correct horse battery".to_owned());
        let hash = passwords
            .hash(Password::parse(secret.clone()).unwrap())
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(passwords.check(secret.clone(), Some(&hash)).await.unwrap());
        assert!(
            !passwords
                .check(Secret::new("correct horse".to_owned()), Some(&hash))
                .await
                .unwrap()
        );
        assert!(!passwords.check(secret, None).await.unwrap());
    }
}
