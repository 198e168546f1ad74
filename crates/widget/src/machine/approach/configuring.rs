//! The widget's configuration is read, and the other tabs are asked for the conversation that they may have.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::WidgetConfig;

use super::{Approach, Hidden, Stage};
use crate::machine::context::Context;
use crate::machine::turn::{Course, Want};
use crate::machine::{Answer, Request, RequestError, Session, TabMessage, Ticket, Timer, failure};
use crate::view::Output;

/// How long other tabs have at most to say that they have a conversation. They answer within a few milliseconds, unless
/// the computer is busy; where none of them leads a conversation, the script says so long before this.
const ASK_MS: u32 = 3_000;

#[derive(Debug)]
pub(super) struct Configuring {
    pub(super) want: Want,
    progress: Progress,
    /// Other tabs still have time to answer.
    is_asking: bool,
}

#[derive(Debug)]
enum Progress {
    UnderWay(Ticket),
    /// It failed and is tried again when the timer fires.
    Resting,
    Done,
}

impl Configuring {
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        matches!(self.progress, Progress::UnderWay(wanted) if wanted == ticket)
    }
}

impl Approach {
    /// Begins the way to what is wanted.
    pub(in crate::machine) fn begin(&mut self, cx: &mut Context, want: Want) -> Course {
        cx.error = None;
        self.failures = 0;
        if cx.widget.is_fresh(cx.now) {
            return self.proceed(cx, want);
        }
        self.configure(cx, want);
        Ok(())
    }

    pub(super) fn configure(&mut self, cx: &mut Context, want: Want) {
        let is_asking = self.hidden.is_none() && cx.surroundings.shares_session;
        if is_asking {
            cx.post(TabMessage::Ask);
            cx.set_timer(Timer::Ask, ASK_MS);
        }
        let progress = Progress::UnderWay(cx.request(Request::Config));
        self.stage = Stage::Configuring(Configuring {
            want,
            progress,
            is_asking,
        });
    }

    /// Asks for the configuration again, if it could not be had.
    pub(in crate::machine) fn configure_again(&mut self, cx: &mut Context) -> Course {
        match &mut self.stage {
            Stage::Configuring(configuring) => {
                if matches!(configuring.progress, Progress::Resting) {
                    cx.clear_timer(Timer::Configure);
                    configuring.progress = Progress::UnderWay(cx.request(Request::Config));
                }
                Ok(())
            }
            Stage::Failed(want) => {
                let want = *want;
                let is_network = |code| code == ErrorCode::NetworkUnreachable;
                if cx.error.as_ref().is_some_and(|it| is_network(it.code)) {
                    return self.begin(cx, want);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The other tabs had their time.
    pub(in crate::machine) fn asked(&mut self, cx: &mut Context) -> Course {
        if let Stage::Configuring(configuring) = &mut self.stage {
            configuring.is_asking = false;
        }
        self.proceed_if_configured(cx)
    }

    /// Another tab has a session of this visitor.
    pub(super) fn adopt(&mut self, cx: &mut Context, session: Session) -> Course {
        if !cx.surroundings.shares_session {
            return Ok(());
        }
        match &mut self.stage {
            // Too late: another one is under way.
            Stage::Authenticating { .. } | Stage::Starting { .. } => return Ok(()),
            Stage::Configuring(configuring) => {
                configuring.want = configuring.want.max(Want::Resume);
            }
            _ => {}
        }
        self.hidden = Some(Hidden::new(session));
        cx.is_session_changed = true;
        self.asked(cx)
    }

    pub(super) fn config_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        let Stage::Configuring(configuring) = &mut self.stage else {
            return Ok(());
        };
        let error = match result {
            Ok(Answer::Config(config)) => {
                configuring.progress = Progress::Done;
                configured(cx, config);
                return self.proceed_if_configured(cx);
            }
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        let want = configuring.want;
        self.way_failed(cx, want, error);
        Ok(())
    }

    fn proceed_if_configured(&mut self, cx: &mut Context) -> Course {
        match &self.stage {
            Stage::Configuring(Configuring {
                want,
                progress: Progress::Done,
                is_asking: false,
            }) => {
                let want = *want;
                cx.clear_timer(Timer::Ask);
                self.proceed(cx, want)
            }
            _ => Ok(()),
        }
    }

    /// A page that is loaded while the server restarts must find its conversation again without anybody's help; who
    /// wants something now is told at once.
    pub(super) fn way_failed(&mut self, cx: &mut Context, want: Want, error: RequestError) {
        self.failures += 1;
        let is_resting = want == Want::Resume && failure::is_passing(&error);
        cx.clear_timer(Timer::Ask);
        if !is_resting {
            return self.fail(cx, want, &failure::of_request(error));
        }
        // From the beginning: until it works, also what the widget is configured to do may have changed.
        self.stage = Stage::Configuring(Configuring {
            want,
            progress: Progress::Resting,
            is_asking: false,
        });
        let wait = cx.wait_ms(self.failures, &error);
        cx.set_timer(Timer::Configure, wait);
        if self.failures == 1 {
            cx.report(&failure::of_request(error));
        }
    }
}

fn configured(cx: &mut Context, config: WidgetConfig) {
    cx.server_says(&config.server_time);
    let now = cx.now;
    if cx.widget.configure(config, now) {
        cx.output(Output::Ready);
    }
    cx.error = None;
}
