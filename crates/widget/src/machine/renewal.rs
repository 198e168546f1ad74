//! When a proof of identity is renewed: before it lapses, never in a hurry, and again after a failure.

use super::identity::Purpose;
use bonafide_protocol::visitor::ConversationState;

use super::life::TokenLife;
use super::start::Stage;
use super::time::{self, LONGEST_TIMER_MS};
use super::{Machine, Timer};

/// A renewal never follows another sooner: a page that caches its token would be asked without end.
const SHORTEST_RENEWAL_MS: i64 = 15_000;

impl Machine {
    pub(super) fn plan_first_renewal(&mut self) {
        let life = self.proofs.first_life.take();
        self.plan_renewal(life);
    }

    /// Plans the next renewal at 80 % of the token's life, by the server's clock. What the token says of itself goes
    /// first; else the server's word on when the proof lapses, from now.
    pub(super) fn plan_renewal(&mut self, life: Option<TokenLife>) {
        let now = self.now as i64 + self.clock_offset;
        let Some(conversation) = &self.conversation else {
            return;
        };
        let lapses = conversation.identity_expires_at.as_ref();
        let Some(lapses) = lapses.and_then(time::milliseconds) else {
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
        self.renew_at((at - now) as u64);
    }

    /// Tries again until the proof has lapsed; after that it is up to the page or the visitor.
    pub(super) fn plan_renewal_after_failure(&mut self) {
        let now = self.now as i64 + self.clock_offset;
        let lapses = (self.conversation.as_ref()).and_then(|it| it.identity_expires_at.as_ref());
        if lapses
            .and_then(time::milliseconds)
            .is_some_and(|lapses| now < lapses)
        {
            self.plan_renewal(None);
        } else {
            self.proofs.renew_at = None;
        }
    }

    fn renew_at(&mut self, delay: u64) {
        self.proofs.renew_at = Some(self.now + delay);
        self.set_timer(Timer::Renew, delay.min(LONGEST_TIMER_MS) as u32);
    }

    /// Renews if the time has come and this tab leads; else waits on.
    pub(super) fn renew_if_due(&mut self) {
        let Some(at) = self.proofs.renew_at else {
            return;
        };
        let is_running =
            (self.conversation.as_ref()).is_some_and(|it| it.state != ConversationState::Closed);
        if !matches!(self.stage, Stage::Live) || !is_running {
            return;
        }
        if at > self.now {
            self.renew_at(at - self.now);
        } else if self.link.leads() {
            self.proofs.renew_at = None;
            self.call_client_function(Purpose::Renew);
        }
    }
}
