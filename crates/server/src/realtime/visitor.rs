//! The visitor's socket: hello, what was missed, then what happens.
//!
//! Follows hints and reads the table: each message once, in order of `seq`; the conversation when it differs
//! from what was sent last. Every read checks the session again.

use std::time::Duration;

use bonafide_protocol::id::{ConversationId, QueueId};
use bonafide_protocol::socket::{VisitorEvent, VisitorFrame};
use bonafide_protocol::visitor::{Author, Conversation, ConversationState};
use bonafide_protocol::{ErrorCode, Secret};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};

use super::connection::{BadFrame, Connection, Gone, Incoming};
use super::hub::VisitorHint;
use crate::conversations::{Conversations, view};
use crate::random;
use crate::routes::envelope::RequestId;
use crate::routes::problem::ApiError;
use crate::state::AppState;
use crate::storage::conversations::InLine;
use crate::storage::lines::Place;

/// How long the first frame may take: contract, `VisitorFrame`.
const HELLO_DEADLINE: Duration = Duration::from_secs(5);

/// Typing is passed on at most this often.
const TYPING_EVERY: Duration = Duration::from_secs(2);

/// After somebody in the line moved, the others are told within so long for each that stands in it: the longer the line, the
/// more are to be told of one move, and the more moves one frame tells of.
const MOVE_FOR_EACH: Duration = Duration::from_millis(1);

/// No line takes longer to be told.
const MOVE_AT_MOST: Duration = Duration::from_secs(5);

/// Missed messages that follow the welcome: contract, `VisitorFrame::Hello`. A transcript of thousands is read in pages over
/// HTTP, where nobody's socket is blocked by it.
const MISSED_AT_MOST: u32 = 100;

/// Why a socket ends.
enum End {
    /// The other side went away, or is too slow.
    Gone,
    /// The conversation is over, and all of it was sent.
    Over,
    /// A frame was wrong.
    BadFrame(BadFrame),
    /// The server stops.
    Stopped,
    /// The session is over, or something failed.
    Refused(ApiError),
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl<E: Into<ApiError>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// What a socket has sent and may send.
struct Follower {
    state: AppState,
    id: ConversationId,
    secret: Secret,
    /// The queue it is in, and where it stands in its line.
    queue: QueueId,
    in_line: InLine,
    /// Number of the last message sent.
    seq: u32,
    /// Whether messages before it were left for the page to read over HTTP, and it has not shown any since: they may not have
    /// arrived.
    has_gap: bool,
    /// The conversation as it was sent last.
    sent: Conversation,
    typed_at: Option<Duration>,
}

/// Serves one socket until it ends.
pub(crate) async fn serve(
    state: AppState,
    mut connection: Connection,
    id: ConversationId,
    request_id: RequestId,
) {
    let mut stop = state.conversations.hub.follow_stop();
    let end = tokio::select! {
        result = follow(state, &mut connection, id) => match result {
            Ok(never) => match never {},
            Err(end) => end,
        },
        () = stop.requested() => End::Stopped,
    };
    match end {
        End::Gone => {}
        End::Over => connection.finish().await,
        End::BadFrame(reason) => connection.refuse_frame(reason).await,
        End::Stopped => connection.interrupt().await,
        End::Refused(error) => {
            let event = |problem| VisitorEvent::Error { problem };
            connection.refuse(&error, &request_id, event).await;
        }
    }
}

async fn follow(
    state: AppState,
    connection: &mut Connection,
    id: ConversationId,
) -> Result<std::convert::Infallible, End> {
    let (secret, after) = hello(connection).await?;
    state.conversations.let_in(&id, Some(&secret)).await?;
    // Before the first read, so that nothing falls between.
    let mut hints = state.conversations.hub.follow_conversation(&id);
    // Before the first read, too: who is there when it is read that they wait, keeps their place.
    let presence = state.conversations.presence.clone();
    let here = presence.visitor(&id);
    let Look {
        conversation,
        queue,
        in_line,
        last_seq,
    } = look(&state, &id).await?;
    presence.delivered(&id, after.min(last_seq));
    if conversation.state == ConversationState::Closed {
        drop(here);
        presence.over(&id);
    }
    let mut places = state.conversations.hub.follow_queue(&queue);
    let welcome = VisitorEvent::Welcome {
        conversation: conversation.clone(),
        server_time: state.clock.timestamp(),
        heartbeat_ms: state.config.heartbeat_ms(),
    };
    connection.send(&welcome).await?;
    let has_gap = last_seq.saturating_sub(after) > MISSED_AT_MOST;
    let seq = if has_gap { last_seq - 1 } else { after };
    let mut follower = Follower {
        state,
        id,
        secret,
        queue,
        in_line,
        seq,
        has_gap,
        sent: conversation,
        typed_at: None,
    };
    follower.send_messages(connection).await?;
    follower.end_if_over()?;

    let every = follower.state.config.heartbeat;
    let mut heartbeat = interval_at(Instant::now() + every, every);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // When to tell of the moves in the line, where there were some.
    let mut tell_at = None;
    loop {
        let is_waiting = follower.sent.state == ConversationState::Waiting;
        tokio::select! {
            incoming = connection.next() => follower.take(incoming, connection).await?,
            hint = hints.recv() => match hint {
                Ok(VisitorHint::Typing) => connection.send(&VisitorEvent::Typing).await?,
                Ok(VisitorHint::Changed | VisitorHint::Message | VisitorHint::Session)
                | Err(RecvError::Lagged(_) | RecvError::Closed) => {
                    // One look serves all hints so far.
                    let had_typing = drain(&mut hints);
                    let before = follower.queue.clone();
                    follower.catch_up(connection).await?;
                    if follower.queue != before {
                        places = follower.state.conversations.hub.follow_queue(&follower.queue);
                    }
                    if had_typing {
                        connection.send(&VisitorEvent::Typing).await?;
                    }
                }
            },
            _ = places.recv(), if is_waiting && tell_at.is_none() => {
                tell_at = Some(Instant::now() + follower.until_told_of_moves());
            }
            () = sleep_until(tell_at.unwrap_or_else(Instant::now)), if tell_at.is_some() => {
                tell_at = None;
                // What moved until now is told by this.
                places = places.resubscribe();
                follower.show_place(connection).await?;
            }
            _ = heartbeat.tick() => {
                connection.heartbeat().await?;
                follower.show_life(connection).await?;
                follower.state.conversations.let_in(&follower.id, Some(&follower.secret)).await?;
            }
        }
    }
}

/// Waits for the frame that opens the session.
async fn hello(connection: &mut Connection) -> Result<(Secret, u32), End> {
    match timeout(HELLO_DEADLINE, connection.next()).await {
        Ok(Incoming::Frame(VisitorFrame::Hello { secret, after })) => Ok((secret, after)),
        Ok(Incoming::Frame(_) | Incoming::Arrived(_)) => {
            Err(End::BadFrame("The first frame must be `hello`.".into()))
        }
        Ok(Incoming::Bad(reason)) => Err(End::BadFrame(reason)),
        Ok(Incoming::Gone) => Err(End::Gone),
        Err(_) => Err(End::BadFrame("No `hello` came within 5 s.".into())),
    }
}

/// How a conversation stands.
struct Look {
    /// As the visitor sees it.
    conversation: Conversation,
    /// The queue it is in, and where it stands in its line.
    queue: QueueId,
    in_line: InLine,
    /// Number of its last message.
    last_seq: u32,
}

async fn look(state: &AppState, id: &ConversationId) -> Result<Look, End> {
    let mut reader = state.storage.read().await?;
    let row = crate::storage::conversations::find(&mut reader, id)
        .await?
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::ConversationNotFound,
                "There is no such conversation.",
            )
        })?;
    let house = &state.conversations;
    let position = house.position_now(&mut reader, &row).await?;
    Ok(Look {
        conversation: view::conversation(&row, position, state.clock.now_ms()),
        in_line: row.in_line(),
        queue: row.queue,
        last_seq: row.last_seq,
    })
}

impl Follower {
    /// Acts on a frame of the visitor.
    async fn take(
        &mut self,
        incoming: Incoming<VisitorFrame>,
        connection: &mut Connection,
    ) -> Result<(), End> {
        match incoming {
            Incoming::Frame(VisitorFrame::Heartbeat) => self.show_life(connection).await?,
            Incoming::Frame(VisitorFrame::Typing) => self.type_on(),
            Incoming::Arrived(seq) => self.state.conversations.presence.delivered(&self.id, seq),
            Incoming::Frame(VisitorFrame::Read { seq }) => {
                self.has_gap = false;
                self.state.conversations.visitor_read(&self.id, seq).await?;
            }
            Incoming::Frame(VisitorFrame::Hello { .. }) => {
                return Err(End::BadFrame("`hello` comes once.".into()));
            }
            Incoming::Bad(reason) => return Err(End::BadFrame(reason)),
            Incoming::Gone => return Err(End::Gone),
        }
        Ok(())
    }

    /// A ping of the protocol's is answered by the browser, and the page never sees it. This one it does.
    async fn show_life(&self, connection: &mut Connection) -> Result<(), End> {
        let server_time = self.state.clock.timestamp();
        let event = VisitorEvent::Heartbeat { server_time };
        Ok(connection.send(&event).await?)
    }

    fn type_on(&mut self) {
        self.state.conversations.presence.visitor_acted(&self.id);
        let now = self.state.clock.monotonic();
        let is_due = self
            .typed_at
            .is_none_or(|at| now.saturating_sub(at) >= TYPING_EVERY);
        if is_due {
            self.typed_at = Some(now);
            self.state
                .conversations
                .hub
                .typing(&self.id, Author::Visitor);
        }
    }

    /// Sends what is new: messages first, so that a closed conversation closes after its last word.
    async fn catch_up(&mut self, connection: &mut Connection) -> Result<(), End> {
        self.state
            .conversations
            .let_in(&self.id, Some(&self.secret))
            .await?;
        let Look {
            conversation,
            queue,
            in_line,
            ..
        } = look(&self.state, &self.id).await?;
        (self.queue, self.in_line) = (queue, in_line);
        self.send_messages(connection).await?;
        self.show(conversation, connection).await?;
        self.end_if_over()
    }

    /// Sends the conversation, if it differs from what was sent last.
    async fn show(
        &mut self,
        conversation: Conversation,
        connection: &mut Connection,
    ) -> Result<(), End> {
        if conversation != self.sent {
            let event = VisitorEvent::Conversation { conversation };
            connection.send(&event).await?;
            if let VisitorEvent::Conversation { conversation } = event {
                self.sent = conversation;
            }
        }
        Ok(())
    }

    /// How long the visitor waits for the news of a move. By chance, so that a long line is not told in one moment.
    fn until_told_of_moves(&self) -> Duration {
        let place = self.place();
        let most = MOVE_FOR_EACH.saturating_mul(place.map_or(0, |place| place.of));
        most.min(MOVE_AT_MOST).mul_f64(random::fraction())
    }

    /// Sends the place, if it is another one. Nothing is read for it but who stands in line.
    async fn show_place(&mut self, connection: &mut Connection) -> Result<(), End> {
        // Who has left it, or comes back, is told so by another hint.
        let Some(place) = self.place() else {
            return Ok(());
        };
        if self.sent.state != ConversationState::Waiting {
            return Ok(());
        }
        let is_served = self.state.conversations.served.told(&self.queue);
        let conversation = Conversation {
            position: (is_served != Some(false)).then_some(place.position),
            ..self.sent.clone()
        };
        self.show(conversation, connection).await
    }

    fn place(&self) -> Option<Place> {
        let lines = self.state.storage.lines();
        lines.place(&self.queue, &self.in_line)
    }

    async fn send_messages(&mut self, connection: &mut Connection) -> Result<(), End> {
        let mut has_others = false;
        loop {
            let mut reader = self.state.storage.read().await?;
            let messages = Conversations::messages_after(&mut reader, &self.id, self.seq).await?;
            // Not held while a slow socket takes its time.
            drop(reader);
            for message in messages.items {
                self.seq = message.seq;
                has_others |= message.from == Author::Agent;
                connection.send(&VisitorEvent::Message { message }).await?;
            }
            if !messages.more {
                break;
            }
        }
        // Their own arrived here, which says as much.
        if has_others && !self.has_gap {
            connection.prove(self.seq).await?;
        }
        Ok(())
    }

    fn end_if_over(&self) -> Result<(), End> {
        match self.sent.state {
            ConversationState::Closed => Err(End::Over),
            ConversationState::Waiting | ConversationState::Active => Ok(()),
        }
    }
}

/// Empties the channel. True when the agent typed meanwhile.
fn drain(hints: &mut tokio::sync::broadcast::Receiver<VisitorHint>) -> bool {
    let mut had_typing = false;
    loop {
        match hints.try_recv() {
            Ok(hint) => had_typing |= hint == VisitorHint::Typing,
            Err(tokio::sync::broadcast::error::TryRecvError::Lagged(_)) => {}
            Err(_) => return had_typing,
        }
    }
}
