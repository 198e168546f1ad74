//! Hints that are lost. A socket that lost some reads the table again, so that nobody misses anything.
//!
//! In here, not at the front door: only who holds the hub can make it lose hints at will. Each test has a runtime of
//! one thread, so that hints told without a pause find no socket reading.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use bonafide_protocol::Secret;
use bonafide_protocol::id::{ApiTokenId, ChatWidgetId, ConversationId, MessageId, OperatorId};
use bonafide_protocol::operator::Role;
use bonafide_protocol::visitor::{Author, PageInfo, SignIn, StartConversation};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::hub::{AGENT_HINTS, VISITOR_HINTS};
use crate::config::Config;
use crate::conversations::Caller;
use crate::random;
use crate::routes::client_address::ClientAddress;
use crate::server::Server;
use crate::state::AppState;
use crate::storage::api_tokens::{self, ApiTokenRow};
use crate::storage::messages::{self, MessageRow};
use crate::storage::operators::{self, OperatorRow};
use crate::storage::paging::After;
use crate::storage::widgets::{self, ChatWidgetRow};
use crate::storage::{conversations, work_streams};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(15);

struct World {
    state: AppState,
    address: String,
    _folder: TempDir,
}

struct Chat {
    id: ConversationId,
    secret: Secret,
}

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl World {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let server = Server::open(Config::new(folder.path())).await.unwrap();
        let state = server.state().clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("ws://{}/api/v1", listener.local_addr().unwrap());
        tokio::spawn(server.serve(listener, std::future::pending()));
        Self {
            state,
            address,
            _folder: folder,
        }
    }

    /// Starts a conversation in a widget without a setting.
    async fn chat(&self) -> Chat {
        let mut transaction = self.state.storage.write().await.unwrap();
        let first = After::default();
        let streams = work_streams::page(&mut transaction, &first, 1).await;
        let stream = streams.unwrap().rows.remove(0);
        let widget = ChatWidgetRow {
            id: ChatWidgetId::from_bits(random::bits()),
            name: "Shop".to_owned(),
            work_stream: bonafide_protocol::admin::Reference {
                id: stream.id,
                name: stream.name,
            },
            authentication_setting: None,
            sign_in: SignIn::Optional,
            allowed_origins: vec!["*".to_owned()],
            appearance: serde_json::from_value(json!({})).unwrap(),
            release_seconds: 600,
            files: None,
            version: 1,
            created_at: 0,
            updated_at: 0,
        };
        widgets::insert(&mut transaction, &widget).await.unwrap();
        transaction.commit().await.unwrap();
        let caller = Caller {
            network: ClientAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)).network(),
            request_id: "test".to_owned(),
        };
        let body = StartConversation {
            token: None,
            context: None,
            page: PageInfo {
                url: "https://shop.example/".to_owned(),
                title: String::new(),
                locale: "en".to_owned(),
            },
        };
        let house = &self.state.conversations;
        let setup = house.setups.find(&house.storage, &widget.id).await;
        let setup = setup.unwrap().unwrap();
        let started = house.start(&caller, setup, None, body).await;
        let started = started.unwrap();
        Chat {
            id: started.conversation.id,
            secret: started.session.secret,
        }
    }

    /// A socket of the conversation's visitor, after its welcome.
    async fn visitor(&self, chat: &Chat) -> Socket {
        let mut socket = self
            .open(&format!("/conversations/{}/socket", chat.id), None)
            .await;
        let hello = json!({"type": "hello", "secret": chat.secret.expose(), "after": 0});
        socket
            .0
            .send(Message::text(hello.to_string()))
            .await
            .unwrap();
        assert_eq!(socket.next().await["type"], "welcome");
        socket
    }

    /// A socket of an agent, after its welcome.
    async fn agent(&self) -> Socket {
        let secret = random::secret("test_");
        let operator = OperatorRow {
            id: OperatorId::from_bits(random::bits()),
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
            role: Role::Agent,
            password_hash: String::new(),
            disabled: false,
            session_epoch: 0,
            capacity: None,
            away: None,
            version: 1,
            created_at: 0,
        };
        let token = ApiTokenRow {
            id: ApiTokenId::from_bits(random::bits()),
            name: "Test".to_owned(),
            operator: operator.id.clone(),
            created_at: 0,
        };
        let mut transaction = self.state.storage.write().await.unwrap();
        operators::insert(&mut transaction, &operator)
            .await
            .unwrap();
        let hash = random::secret_hash(secret.expose());
        api_tokens::insert(&mut transaction, &token, &hash)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let mut socket = self.open("/agent/socket", Some(secret.expose())).await;
        assert_eq!(socket.next().await["type"], "welcome");
        socket
    }

    async fn open(&self, path: &str, bearer: Option<&str>) -> Socket {
        let mut request = format!("{}{path}", self.address)
            .into_client_request()
            .unwrap();
        if let Some(bearer) = bearer {
            let headers = request.headers_mut();
            headers.insert("authorization", format!("Bearer {bearer}").parse().unwrap());
            // The consoles' own, as the default configuration has it.
            headers.insert("origin", "http://127.0.0.1:8080".parse().unwrap());
        }
        Socket(connect_async(request).await.unwrap().0)
    }

    /// Stores a message and tells nobody, as if the hint had been lost.
    async fn store_silently(&self, chat: &Chat, seq: u32) {
        let row = MessageRow {
            id: MessageId::from_bits(random::bits()),
            client_id: seq.to_string(),
            seq,
            author: Author::Visitor,
            name: None,
            text: "hello".to_owned(),
            file: None,
            sent_at: 0,
        };
        let mut transaction = self.state.storage.write().await.unwrap();
        messages::insert(&mut transaction, &chat.id, None, &row)
            .await
            .unwrap();
        conversations::message_added(
            &mut transaction,
            &chat.id,
            seq,
            "hello",
            Some(conversations::Reader::Visitor),
        )
        .await
        .unwrap();
        transaction.commit().await.unwrap();
    }
}

impl Socket {
    /// The next event.
    async fn next(&mut self) -> Value {
        let received = async {
            loop {
                match self.0.next().await.unwrap().unwrap() {
                    Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                    Message::Ping(_) => {}
                    other => panic!("{other:?} instead of an event"),
                }
            }
        };
        timeout(PATIENCE, received).await.expect("an event in time")
    }

    /// The next event of this type; others are passed over.
    async fn next_of(&mut self, type_: &str) -> Value {
        loop {
            let event = self.next().await;
            if event["type"] == type_ {
                return event;
            }
        }
    }
}

#[tokio::test]
async fn a_visitor_whose_hints_were_lost_misses_no_message() {
    let world = World::new().await;
    let chat = world.chat().await;
    let mut socket = world.visitor(&chat).await;
    world.store_silently(&chat, 1).await;
    // The one that mattered would stand before these, and the channel holds no more.
    for _ in 0..=VISITOR_HINTS {
        world
            .state
            .conversations
            .hub
            .typing(&chat.id, Author::Agent);
    }
    let event = socket.next_of("message").await;
    assert_eq!(event["message"]["seq"], 1);
}

#[tokio::test]
async fn an_agent_whose_hints_were_lost_is_told_to_read_again() {
    let world = World::new().await;
    let mut socket = world.agent().await;
    let chat = world.chat().await;
    world.store_silently(&chat, 1).await;
    // Typing in a conversation that nobody knows shows nothing; these only crowd out what mattered.
    let nowhere = ConversationId::from_text("cnv_nowhere");
    for _ in 0..=AGENT_HINTS {
        world
            .state
            .conversations
            .hub
            .typing(&nowhere, Author::Visitor);
    }
    socket.next_of("resync").await;

    // It knows by now what the console reads, and goes on from there.
    world.store_silently(&chat, 2).await;
    world.state.conversations.hub.message_stored(&chat.id, 2);
    let event = socket.next_of("message").await;
    assert_eq!(event["message"]["seq"], 2, "the first came with the lists");
}
