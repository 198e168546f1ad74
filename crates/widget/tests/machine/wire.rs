//! What serde writes, our reader reads: the two know the same shapes.

use bonafide_protocol::id::{ChatWidgetId, ConversationId};
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{
    Appearance, Author, Conversation, ConversationState, Identity, LauncherPosition, Messages,
    SignIn, StartedConversation, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, FieldError, FieldErrorCode, Problem};
use bonafide_widget::json;
use bonafide_widget::machine::{StoredSession, TabMessage};
use bonafide_widget::wire::Wire;
use serde::Serialize;

use crate::script::{config, message, proved, server_time, started, stored, waiting};

#[track_caller]
fn same<T: Serialize + Wire + PartialEq + std::fmt::Debug>(value: T) {
    let written = json::write(&value);
    assert_eq!(T::read(&written), Some(value), "{written}");
}

#[test]
fn answers() {
    same(config(None, SignIn::Optional));
    same(WidgetConfig {
        id: ChatWidgetId::from_text("wgt_ü"),
        appearance: Appearance {
            title: Some("“Chat”\n\u{1}\\".into()),
            greeting: Some("😀".into()),
            accent_color: Some("#123456".into()),
            position: Some(LauncherPosition::Start),
        },
        ..config(Some("auth.get"), SignIn::Required)
    });
    same(Appearance {
        position: Some(LauncherPosition::End),
        ..Appearance::default()
    });
    same::<StartedConversation>(started(proved()));
    for state in [
        ConversationState::Waiting,
        ConversationState::Active,
        ConversationState::Closed,
    ] {
        for identity in [Identity::None, Identity::Current, Identity::Lapsed] {
            same(Conversation {
                state,
                identity,
                agent: Some("Ada".into()),
                ..proved()
            });
        }
    }
    same(Messages {
        items: vec![
            message(1, Author::Agent, "a"),
            message(u32::MAX, Author::Visitor, "b"),
        ],
        more: true,
    });
}

#[test]
fn frames() {
    same(VisitorEvent::Welcome {
        conversation: waiting(),
        server_time: server_time(0),
    });
    same(VisitorEvent::Conversation {
        conversation: proved(),
    });
    same(VisitorEvent::Message {
        message: message(1, Author::Agent, "a"),
    });
    same(VisitorEvent::Typing);
    assert_eq!(VisitorEvent::read(r#"{"type":"from-the-future"}"#), None);
}

#[test]
fn problems() {
    for code in ErrorCode::ALL {
        let problem = Problem {
            type_: "/docs/errors#x".into(),
            title: "T".into(),
            status: 422,
            detail: "D".into(),
            code: *code,
            request_id: "r".into(),
            fields: vec![FieldError {
                name: "f".into(),
                code: FieldErrorCode::Invalid,
                message: "m".into(),
            }],
        };
        let read = Problem::read(&serde_json::to_string(&problem).unwrap()).unwrap();
        assert_eq!(
            (read.code, read.detail, read.request_id),
            (problem.code, problem.detail, problem.request_id)
        );
    }
    let newer = r#"{"code":"from-the-future","detail":"D","requestId":"r"}"#;
    assert_eq!(Problem::read(newer).unwrap().code, ErrorCode::Internal);
    assert_eq!(Problem::read("<html>"), None);
}

#[test]
fn sessions_and_tabs() {
    same(StoredSession {
        pending: vec![("a".into(), "b\"".into())],
        ..stored(true)
    });
    let conversation = ConversationId::from_text("cnv_1");
    for message in [
        TabMessage::Ask,
        TabMessage::Session(stored(false).session),
        TabMessage::Follow(conversation.clone()),
        TabMessage::State {
            conversation: proved(),
            online: true,
            seq: 3,
            rank: 0,
        },
        TabMessage::Stored {
            conversation: conversation.clone(),
            message: message(1, Author::Agent, "a"),
        },
        TabMessage::AgentTyping(conversation.clone()),
        TabMessage::Typing(conversation.clone()),
        TabMessage::Read {
            conversation: conversation.clone(),
            seq: 7,
        },
        TabMessage::SignedOut(Some(conversation)),
        TabMessage::SignedOut(None),
    ] {
        same(message);
    }
}
