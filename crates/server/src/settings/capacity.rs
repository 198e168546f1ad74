//! How many conversations an agent is given at most.

use super::Fault;

/// Nobody reads more at once; a larger number is a slip.
const MOST: u32 = 1_000;

/// An operator's `capacity`; none is no limit, and 0 is nothing at all.
///
/// # Errors
/// When it is above 1,000.
pub fn capacity(given: Option<u32>) -> Result<Option<u32>, Fault> {
    if given.is_none_or(|capacity| capacity <= MOST) {
        Ok(given)
    } else {
        Err(Fault::invalid(format!(
            "This must be from 0 to {MOST}. Leave it out for no limit."
        )))
    }
}
