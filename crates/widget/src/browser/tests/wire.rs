//! What serde writes, our reader reads, and the other way round: the two know the same shapes.

use bonafide_protocol::id::{ChatWidgetId, ConversationId, MessageId};
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{
    Appearance, Author, Conversation, ConversationMessages, ConversationState, Identity,
    LauncherPosition, Message, SignIn, StartedConversation, VisitorSession, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, FieldError, FieldErrorCode, Problem, Secret, Timestamp};
use serde::Serialize;
use wasm_bindgen_test::wasm_bindgen_test;

use super::run;
use crate::browser::json::{self, Json};
use crate::browser::life;
use crate::browser::wire::Wire;
use crate::machine::{Session, StoredSession, TabMessage, TokenLife};

#[track_caller]
fn same<T: Serialize + Wire + PartialEq + std::fmt::Debug>(value: T) {
    let by_serde = serde_json::to_string(&value).unwrap();
    assert_eq!(T::read(&by_serde).as_ref(), Some(&value), "{by_serde}");
    let by_us: serde_json::Value = serde_json::from_str(&json::write(&value)).unwrap();
    assert_eq!(by_us, serde_json::to_value(&value).unwrap());
}

fn time() -> Timestamp {
    Timestamp::from_rfc3339("2026-11-22T20:00:00.000Z".into())
}

fn config(client_function: Option<&str>, sign_in: SignIn) -> WidgetConfig {
    WidgetConfig {
        id: ChatWidgetId::from_text("wgt_1"),
        client_function: client_function.map(Into::into),
        sign_in,
        timeout_ms: 10_000,
        appearance: Appearance::default(),
        files: None,
        server_time: time(),
    }
}

fn waiting() -> Conversation {
    Conversation {
        id: ConversationId::from_text("cnv_1"),
        authenticated: false,
        identity: Identity::None,
        identity_expires_at: None,
        state: ConversationState::Waiting,
        queue: "General".into(),
        position: Some(1),
        agent: None,
        read_by_agent: 0,
    }
}

fn proved() -> Conversation {
    Conversation {
        authenticated: true,
        identity: Identity::Current,
        identity_expires_at: Some(time()),
        ..waiting()
    }
}

fn started(conversation: Conversation) -> StartedConversation {
    let session = VisitorSession {
        secret: Secret::new("s3cret".into()),
        expires_at: time(),
        revocation_key: Secret::new("vr_1".into()),
    };
    StartedConversation {
        conversation,
        session,
    }
}

fn stored(authenticated: bool) -> StoredSession {
    StoredSession {
        session: Session {
            conversation: ConversationId::from_text("cnv_1"),
            secret: Secret::new("s3cret".into()),
            authenticated,
        },
        read: 1,
        pending: Vec::new(),
    }
}

fn message(seq: u32, from: Author, text: &str) -> Message {
    Message {
        id: MessageId::from_text("msg_1"),
        client_id: text.into(),
        seq,
        from,
        name: None,
        text: text.into(),
        attachment: None,
        sent_at: time(),
    }
}

#[wasm_bindgen_test]
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
    same(ConversationMessages {
        conversation: proved(),
        items: vec![
            message(1, Author::Agent, "a"),
            message(u32::MAX, Author::Visitor, "b"),
        ],
        more: true,
    });
}

#[wasm_bindgen_test]
fn frames() {
    same(VisitorEvent::Welcome {
        conversation: waiting(),
        server_time: time(),
        heartbeat_ms: 20_000,
    });
    same(VisitorEvent::Conversation {
        conversation: proved(),
    });
    same(VisitorEvent::Message {
        message: message(1, Author::Agent, "a"),
    });
    same(VisitorEvent::Typing);
    same(VisitorEvent::Heartbeat {
        server_time: Timestamp::from_rfc3339("t".into()),
    });
    assert_eq!(VisitorEvent::read(r#"{"type":"from-the-future"}"#), None);
}

#[wasm_bindgen_test]
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

#[wasm_bindgen_test]
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

#[wasm_bindgen_test]
fn what_is_no_json_or_of_another_kind_has_no_values() {
    for text in ["", "{", "nul", "[1,]", "{\"a\":1}x", "\u{feff}{}"] {
        assert_eq!(WidgetConfig::read(text), None, "{text}");
    }
    for text in [
        "null",
        "5",
        "[]",
        "{}",
        "\"Ask me\"",
        "{\"Unknown\":1}",
        "{\"Read\":null}",
    ] {
        assert_eq!(TabMessage::read(text), None, "{text}");
    }
    for (text, number) in [
        ("7", Some(7)),
        ("4294967295", Some(u32::MAX)),
        ("4294967296", None),
        ("-1", None),
        ("1e999", None),
        ("\"7\"", None),
        ("null", None),
    ] {
        assert_eq!(Json::of(text).number(), number, "{text}");
    }
    let deep = "[".repeat(1_000_000);
    assert_eq!(ConversationMessages::read(&deep), None);
    assert_eq!(Json::of("{\"length\":1e9}").items().count(), 0);
}

#[wasm_bindgen_test]
fn what_a_page_put_on_the_prototype_of_all_objects_is_not_read() {
    run("Object.prototype.clientFunction = 'evil.f'; Object.prototype.agent = 'Nobody'");
    let written =
        r#"{"id":"wgt_1","signIn":"optional","timeoutMs":1,"appearance":{},"serverTime":"t"}"#;
    let config = WidgetConfig::read(written);
    run("delete Object.prototype.clientFunction; delete Object.prototype.agent");
    assert_eq!(config.unwrap().client_function, None);
}

#[wasm_bindgen_test]
fn the_life_of_a_token_is_read_from_its_payload() {
    // {"iss":"x","iat":1542622071,"exp":1542625672}
    let token = "e30.eyJpc3MiOiJ4IiwiaWF0IjoxNTQyNjIyMDcxLCJleHAiOjE1NDI2MjU2NzJ9.AA";
    let life = TokenLife {
        issued_at: 1_542_622_071,
        expires_at: 1_542_625_672,
    };
    assert_eq!(life::of_token(token), Some(life));
    for bad in [
        "",
        "a",
        "a.b.c",
        "e30.e30.AA",
        "e30.!.AA",
        "..",
        "\u{1F600}.\u{1F600}",
    ] {
        assert_eq!(life::of_token(bad), None, "{bad}");
    }
}
