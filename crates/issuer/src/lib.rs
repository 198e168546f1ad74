#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod clock;
mod issuer;
mod key_directory;
mod key_pair;
mod key_ring;
mod mint;
mod pem;
mod person;
mod private_file;
mod random;
mod router;
mod rs256;

pub use issuer::{ClientId, ClientIdError, Issuer, Lifetime, LifetimeError};
pub use key_directory::{KeyDirectory, KeyDirectoryError};
pub use key_pair::{KeyPair, KeyPairError, KeySize};
pub use key_ring::{KeyEntry, KeyRing, KeyRingError, KeyState, PublishedKeys, Rotation};
pub use mint::{Grant, MintError, mint};
pub use person::{ContextValue, Person, Profile};
pub use router::{SignedIn, WebsiteError, router};
pub use rs256::{Rs256, Rs256Signature};
