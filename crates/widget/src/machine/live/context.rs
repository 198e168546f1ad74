//! What the page says of its visitor while a conversation of nobody's goes on. It must not touch one of somebody who is proved.

use bonafide_protocol::ErrorCode;

use super::Live;
use crate::machine::context::Context;
use crate::machine::turn::Course;
use crate::machine::{Answer, ConversationCall, RequestError, Timer, failure};

/// It is sent again after so long a wait as after so many failures in a row, each time: nobody waits for it.
const FAILURES: u32 = 4;

impl Live {
    /// Tells the server what the page says of its visitor, if that is news. What the page says of somebody who is proved
    /// counts for nothing: the website has signed what it says.
    pub(in crate::machine) fn send_context(&mut self, cx: &mut Context) {
        if !self.session.authenticated
            && self.context.is_none()
            && let Some(context) = cx.widget.take_new_context()
        {
            self.context = Some(cx.ask(&self.session, ConversationCall::SetContext(context)));
        }
    }

    pub(super) fn context_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        self.context = None;
        match result {
            Err(error) if failure::is_session_over(&error) => {
                return Err(self.session_over(failure::of_request(error)));
            }
            Err(error) if failure::is_passing(&error) && !failure::is_refusal(&error) => {
                cx.widget.context_lost();
                let wait = cx.wait_ms(FAILURES, &error);
                cx.set_timer(Timer::Context, wait);
                return Ok(());
            }
            // It was proved or closed in the same moment.
            Err(error) if failure::code(&error) == Some(ErrorCode::Conflict) => {}
            Err(error) => cx.refuse(&failure::of_request(error)),
            Ok(_) => {}
        }
        // There may be news by now.
        self.send_context(cx);
        Ok(())
    }
}
