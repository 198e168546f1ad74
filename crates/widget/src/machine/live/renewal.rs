//! When a proof of identity is renewed: before it lapses, never in a hurry, and again after a failure.

use super::Live;
use crate::machine::Timer;
use crate::machine::context::Context;
use crate::machine::life::TokenLife;
use crate::machine::time::{self, LONGEST_TIMER_MS};

/// A renewal never follows another sooner: a page that caches its token would be asked without end.
const SHORTEST_RENEWAL_MS: i64 = 15_000;

impl Live {
    /// Plans the next renewal at 80 % of the token's life, by the server's clock. What the token says of itself goes
    /// first; else the server's word on when the proof lapses, from now.
    pub(super) fn plan_renewal(&mut self, cx: &mut Context, life: Option<TokenLife>) {
        let now = cx.server_now();
        let Some(lapses) = self.lapses_at() else {
            return;
        };
        let (begins, ends) = match life {
            Some(life) => (
                life.issued_at.saturating_mul(1000),
                life.expires_at.saturating_mul(1000),
            ),
            None => (now, lapses),
        };
        let eighty = |from: i64| from + (ends - from) / 5 * 4;
        // A token that the page kept for long is already past its 80 %: then 80 % of what is left.
        let mut at = eighty(begins);
        if at < now + SHORTEST_RENEWAL_MS {
            at = eighty(now).max(now + SHORTEST_RENEWAL_MS);
        }
        self.renew_at(cx, at);
    }

    fn lapses_at(&self) -> Option<i64> {
        let conversation = self.conversation()?;
        time::milliseconds(conversation.identity_expires_at.as_ref()?)
    }

    /// Tries again until the proof has lapsed; after that when something changes for the better, or somebody asks.
    pub(super) fn plan_renewal_after_failure(&mut self, cx: &mut Context) {
        let now = cx.server_now();
        if self.lapses_at().is_some_and(|lapses| now < lapses) {
            self.plan_renewal(cx, None);
        } else {
            self.proofs.renew_at = None;
        }
    }

    fn renew_at(&mut self, cx: &mut Context, at: i64) {
        self.proofs.renew_at = Some(at);
        let delay = (at - cx.server_now()).clamp(0, LONGEST_TIMER_MS as i64);
        cx.set_timer(Timer::Renew, delay as u32);
    }

    /// The network, the server or the visitor is here again: a proof that has lapsed, or could not be renewed, is
    /// renewed now, though not in a hurry.
    pub(super) fn renew_again(&mut self, cx: &mut Context) {
        let now = cx.server_now();
        let is_lapsed = self.lapses_at().is_some_and(|lapses| lapses <= now);
        if (is_lapsed || self.proofs.is_failing) && !self.is_proving() {
            let soonest = now.max(self.proofs.tried_at + SHORTEST_RENEWAL_MS);
            let planned = self.proofs.renew_at.unwrap_or(soonest);
            self.proofs.renew_at = Some(planned.min(soonest));
        }
        self.renew_if_due(cx);
    }

    /// Renews if the time has come and this tab leads; else waits on.
    pub(in crate::machine) fn renew_if_due(&mut self, cx: &mut Context) {
        let Some(at) = self.proofs.renew_at else {
            return;
        };
        if self.conversation().is_none() {
            return;
        }
        if at > cx.server_now() {
            self.renew_at(cx, at);
        } else if self.link.leads() {
            self.proofs.renew_at = None;
            self.proofs.tried_at = cx.server_now();
            self.make_proof(cx, false);
        }
    }
}
