//! Where a conversation stands, and which changes are allowed.
//!
//! Must not store: the caller writes the new state by compare-and-set, so that of many who act on the same
//! state exactly one gets through.

use bonafide_protocol::id::OperatorId;

/// Where a conversation stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum State {
    /// In its queue.
    Waiting,
    /// An agent has it.
    Active {
        /// Who.
        agent: OperatorId,
    },
    /// Over; it can only be read.
    Closed {
        /// Who had it; `None` when nobody took it before it ended.
        agent: Option<OperatorId>,
    },
}

/// Who acts on a conversation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Party {
    /// The person in the widget.
    Visitor,
    /// An operator who serves the conversation's queue.
    Agent(OperatorId),
    /// A supervisor who joined whoever has it.
    Joined,
}

/// What acting on a conversation leads to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Change {
    /// The state to write.
    To(State),
    /// It already stands so; answer as if it had just been done.
    Nothing,
}

/// Why an act is not allowed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum Refused {
    /// Over.
    #[error("The conversation is closed.")]
    Closed,
    /// An agent acts on a conversation nobody has taken.
    #[error("Accept the conversation first.")]
    NotAccepted,
    /// Nobody has it, so it cannot be taken from anybody.
    #[error("Nobody has the conversation: it waits in its queue.")]
    Waits,
    /// Another agent has it.
    #[error("Another agent has the conversation.")]
    TakenBy(OperatorId),
}

impl State {
    /// Whether it is not over.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self, Self::Closed { .. })
    }

    /// An agent takes the conversation. Taking what one already has changes nothing.
    pub(crate) fn accept(&self, by: &OperatorId) -> Result<Change, Refused> {
        match self {
            Self::Waiting => Ok(Change::To(Self::Active { agent: by.clone() })),
            Self::Active { agent } if agent == by => Ok(Change::Nothing),
            Self::Active { agent } => Err(Refused::TakenBy(agent.clone())),
            Self::Closed { .. } => Err(Refused::Closed),
        }
    }

    /// An agent takes what is offered to them, or, when it waits by now, what waits.
    pub(crate) fn accept_offered(
        &self,
        by: &OperatorId,
        offered_to: Option<&OperatorId>,
    ) -> Result<Change, Refused> {
        match self {
            Self::Active { agent } if agent != by && offered_to == Some(by) => {
                Ok(Change::To(Self::Active { agent: by.clone() }))
            }
            _ => self.accept(by),
        }
    }

    /// Its agent offers it to a colleague, or gives it up to a queue.
    pub(crate) fn hand_over(&self, by: &OperatorId) -> Result<(), Refused> {
        self.is_held_by(by)
    }

    /// A supervisor gives it to `to`: from whom they know to have it, or from its queue where they know it to wait (`None`).
    /// Giving it to whoever has it changes nothing.
    pub(crate) fn assign(
        &self,
        to: &OperatorId,
        from: Option<&OperatorId>,
    ) -> Result<Change, Refused> {
        match self {
            Self::Active { agent } if agent == to => Ok(Change::Nothing),
            Self::Active { agent } if from != Some(agent) => Err(Refused::TakenBy(agent.clone())),
            Self::Waiting if from.is_some() => Err(Refused::Waits),
            Self::Waiting | Self::Active { .. } => {
                Ok(Change::To(Self::Active { agent: to.clone() }))
            }
            Self::Closed { .. } => Err(Refused::Closed),
        }
    }

    /// A supervisor writes in it beside whoever has it, or no more.
    pub(crate) fn join(&self) -> Result<(), Refused> {
        match self {
            Self::Active { .. } => Ok(()),
            Self::Waiting => Err(Refused::Waits),
            Self::Closed { .. } => Err(Refused::Closed),
        }
    }

    /// Somebody writes. The visitor may write while it waits; only the agent who has it may answer, and who joined them.
    pub(crate) fn write(&self, by: &Party) -> Result<(), Refused> {
        match (self, by) {
            (Self::Closed { .. }, _) => Err(Refused::Closed),
            (_, Party::Visitor) => Ok(()),
            (_, Party::Joined) => self.join(),
            (_, Party::Agent(agent)) => self.is_held_by(agent),
        }
    }

    /// Somebody ends it. Ending what is over changes nothing. Whoever joined does not end it.
    pub(crate) fn close(&self, by: &Party) -> Result<Change, Refused> {
        let agent = match self {
            Self::Closed { .. } => return Ok(Change::Nothing),
            Self::Waiting => None,
            Self::Active { agent } => Some(agent.clone()),
        };
        match (by, &agent) {
            (Party::Visitor, _) => {}
            (Party::Agent(closer), _) => self.is_held_by(closer)?,
            (Party::Joined, Some(holder)) => return Err(Refused::TakenBy(holder.clone())),
            (Party::Joined, None) => return Err(Refused::NotAccepted),
        }
        Ok(Change::To(Self::Closed { agent }))
    }

    /// Its agent can go on with it no more: it waits again. What nobody has, or is over, stays as it is.
    pub(crate) fn hand_back(&self) -> Change {
        match self {
            Self::Active { .. } => Change::To(Self::Waiting),
            Self::Waiting | Self::Closed { .. } => Change::Nothing,
        }
    }

    fn is_held_by(&self, by: &OperatorId) -> Result<(), Refused> {
        match self {
            Self::Waiting => Err(Refused::NotAccepted),
            Self::Active { agent } if agent == by => Ok(()),
            Self::Active { agent } => Err(Refused::TakenBy(agent.clone())),
            Self::Closed { .. } => Err(Refused::Closed),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn agent(name: &str) -> OperatorId {
        OperatorId::from_text(name)
    }

    #[test]
    fn the_table_of_changes() {
        let (ana, ben) = (agent("ana"), agent("ben"));
        let waiting = State::Waiting;
        let active = State::Active { agent: ana.clone() };
        let closed = State::Closed {
            agent: Some(ana.clone()),
        };

        assert_eq!(waiting.accept(&ana), Ok(Change::To(active.clone())));
        assert_eq!(active.accept(&ana), Ok(Change::Nothing));
        assert_eq!(active.accept(&ben), Err(Refused::TakenBy(ana.clone())));
        assert_eq!(closed.accept(&ana), Err(Refused::Closed));

        assert_eq!(
            active.accept_offered(&ben, Some(&ben)),
            Ok(Change::To(State::Active { agent: ben.clone() }))
        );
        assert_eq!(
            active.accept_offered(&ben, None),
            Err(Refused::TakenBy(ana.clone()))
        );
        assert_eq!(active.accept_offered(&ana, Some(&ben)), Ok(Change::Nothing));
        assert_eq!(
            waiting.accept_offered(&ana, None),
            Ok(Change::To(active.clone()))
        );
        assert_eq!(
            closed.accept_offered(&ben, Some(&ben)),
            Err(Refused::Closed)
        );

        assert_eq!(active.hand_over(&ana), Ok(()));
        assert_eq!(active.hand_over(&ben), Err(Refused::TakenBy(ana.clone())));
        assert_eq!(waiting.hand_over(&ana), Err(Refused::NotAccepted));
        assert_eq!(closed.hand_over(&ana), Err(Refused::Closed));

        let has_ben = Ok(Change::To(State::Active { agent: ben.clone() }));
        assert_eq!(active.assign(&ben, Some(&ana)), has_ben);
        assert_eq!(waiting.assign(&ben, None), has_ben);
        assert_eq!(active.assign(&ana, Some(&ben)), Ok(Change::Nothing));
        assert_eq!(
            active.assign(&ben, None),
            Err(Refused::TakenBy(ana.clone()))
        );
        let cleo = agent("cleo");
        assert_eq!(
            active.assign(&ben, Some(&cleo)),
            Err(Refused::TakenBy(ana.clone()))
        );
        assert_eq!(waiting.assign(&ben, Some(&ana)), Err(Refused::Waits));
        assert_eq!(closed.assign(&ben, Some(&ana)), Err(Refused::Closed));

        assert_eq!(active.write(&Party::Joined), Ok(()));
        assert_eq!(waiting.write(&Party::Joined), Err(Refused::Waits));
        assert_eq!(closed.write(&Party::Joined), Err(Refused::Closed));
        assert_eq!(
            active.close(&Party::Joined),
            Err(Refused::TakenBy(ana.clone()))
        );

        assert_eq!(waiting.write(&Party::Visitor), Ok(()));
        assert_eq!(active.write(&Party::Visitor), Ok(()));
        assert_eq!(closed.write(&Party::Visitor), Err(Refused::Closed));
        assert_eq!(active.write(&Party::Agent(ana.clone())), Ok(()));
        assert_eq!(
            waiting.write(&Party::Agent(ana.clone())),
            Err(Refused::NotAccepted)
        );
        assert_eq!(
            active.write(&Party::Agent(ben.clone())),
            Err(Refused::TakenBy(ana.clone()))
        );

        assert_eq!(
            waiting.close(&Party::Visitor),
            Ok(Change::To(State::Closed { agent: None }))
        );
        assert_eq!(
            active.close(&Party::Visitor),
            Ok(Change::To(closed.clone()))
        );
        assert_eq!(
            active.close(&Party::Agent(ana.clone())),
            Ok(Change::To(closed.clone()))
        );
        assert_eq!(
            closed.close(&Party::Agent(ben.clone())),
            Ok(Change::Nothing)
        );
        assert_eq!(
            waiting.close(&Party::Agent(ana.clone())),
            Err(Refused::NotAccepted)
        );
        assert_eq!(active.close(&Party::Agent(ben)), Err(Refused::TakenBy(ana)));

        assert_eq!(waiting.hand_back(), Change::Nothing);
        assert_eq!(active.hand_back(), Change::To(State::Waiting));
        assert_eq!(closed.hand_back(), Change::Nothing);
    }

    #[derive(Clone, Debug)]
    enum Act {
        Accept(usize),
        Close(Option<usize>),
        HandBack,
    }

    proptest! {
        #[test]
        fn whatever_is_done_one_agent_has_it_and_closed_is_the_end(
            acts in prop::collection::vec(
                prop_oneof![
                    (0_usize..3).prop_map(Act::Accept),
                    prop::option::of(0_usize..3).prop_map(Act::Close),
                    Just(Act::HandBack),
                ],
                0..20,
            ),
        ) {
            let agents = [agent("ana"), agent("ben"), agent("cleo")];
            let mut state = State::Waiting;
            for act in acts {
                let before = state.clone();
                let is_handed_back = matches!(act, Act::HandBack);
                let change = match act {
                    Act::Accept(by) => state.accept(&agents[by]),
                    Act::Close(None) => state.close(&Party::Visitor),
                    Act::Close(Some(by)) => state.close(&Party::Agent(agents[by].clone())),
                    Act::HandBack => Ok(state.hand_back()),
                };
                if let Ok(Change::To(next)) = change {
                    prop_assert!(next != before, "a change changes something");
                    state = next;
                }
                match (&before, &state) {
                    (State::Closed { .. }, after) => prop_assert_eq!(&before, after),
                    (State::Active { agent: had }, State::Active { agent: has }) => prop_assert_eq!(had, has),
                    (State::Active { agent: had }, State::Closed { agent: has }) => prop_assert_eq!(Some(had), has.as_ref()),
                    (State::Active { .. }, State::Waiting) => prop_assert!(is_handed_back),
                    (State::Waiting, _) => {}
                }
            }
        }
    }
}
