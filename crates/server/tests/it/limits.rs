//! Every text and list that a request may hold has a limit in `openapi.json`, and that limit is enforced.

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use crate::chat::{Chat, text};

fn description() -> Value {
    serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap()
}

/// One place in a request that may be too long: its path, which steps lead there, and its limit.
#[derive(Clone, Debug)]
struct Place {
    steps: Vec<Step>,
    most: Limit,
}

#[derive(Clone, Debug)]
enum Step {
    Field(String),
    First,
    /// One of several kinds.
    Kind(usize),
}

#[derive(Clone, Copy, Debug)]
enum Limit {
    Characters(usize),
    Items(usize),
}

struct Walk<'a> {
    description: &'a Value,
    places: Vec<Place>,
    unlimited: Vec<String>,
}

impl<'a> Walk<'a> {
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(name) => {
                &self.description["components"]["schemas"][name.rsplit('/').next().unwrap()]
            }
            None => schema,
        }
    }

    fn see(&mut self, schema: &'a Value, steps: &[Step]) {
        let schema = self.resolve(schema);
        let is = |kind: &str| {
            schema["type"] == kind
                || schema["type"]
                    .as_array()
                    .is_some_and(|kinds| kinds.contains(&json!(kind)))
        };
        let with = |step: Step| [steps, &[step]].concat();
        let limit = |key: &str| {
            schema[key]
                .as_u64()
                .map(|most| usize::try_from(most).unwrap())
        };
        if is("string") && schema["enum"].is_null() && schema["const"].is_null() {
            self.note(limit("maxLength").map(Limit::Characters), steps);
        }
        if is("array") {
            self.note(limit("maxItems").map(Limit::Items), steps);
            self.see(&schema["items"], &with(Step::First));
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            self.see(field, &with(Step::Field(name.clone())));
        }
        if schema["additionalProperties"].is_object() {
            if limit("maxProperties").is_none() || schema["propertyNames"]["maxLength"].is_null() {
                self.unlimited.push(format!("{steps:?}, a map"));
            }
            self.see(
                &schema["additionalProperties"],
                &with(Step::Field("any".to_owned())),
            );
        }
        for key in ["oneOf", "anyOf", "allOf"] {
            for (index, kind) in schema[key].as_array().into_iter().flatten().enumerate() {
                self.see(kind, &with(Step::Kind(index)));
            }
        }
    }

    fn note(&mut self, most: Option<Limit>, steps: &[Step]) {
        match most {
            Some(most) => self.places.push(Place {
                steps: steps.to_vec(),
                most,
            }),
            None => self.unlimited.push(format!("{steps:?}")),
        }
    }

    /// A value that fits a schema, with what `steps` lead to replaced by `extreme`.
    fn sample(&self, schema: &'a Value, steps: &[Step], extreme: &dyn Fn(Value) -> Value) -> Value {
        let schema = self.resolve(schema);
        for key in ["oneOf", "anyOf", "allOf"] {
            let Some(kinds) = schema[key].as_array() else {
                continue;
            };
            let (index, rest) = match steps {
                [Step::Kind(index), rest @ ..] => (*index, rest),
                // `null` comes first, where it may be.
                _ => (kinds.len() - 1, steps),
            };
            return self.sample(&kinds[index], rest, extreme);
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds[0].as_str().unwrap(),
            kind => kind.as_str().unwrap_or("object"),
        };
        let is_here = steps.is_empty();
        let value = match kind {
            "string" => match schema["enum"].as_array() {
                Some(known) => known[0].clone(),
                None => json!("a"),
            },
            "integer" | "number" => json!(1),
            "boolean" => json!(true),
            "array" => match steps {
                [Step::First, rest @ ..] => json!([self.sample(&schema["items"], rest, extreme)]),
                _ if is_here => json!([self.sample(&schema["items"], &[], &|value| value)]),
                _ => json!([]),
            },
            "object" => {
                let mut fields = Map::new();
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                    let rest = match steps {
                        [Step::Field(wanted), rest @ ..] if wanted == name => Some(rest),
                        _ => None,
                    };
                    if let Some(rest) = rest {
                        fields.insert(name.clone(), self.sample(field, rest, extreme));
                    } else if required.contains(&json!(name)) {
                        fields.insert(name.clone(), self.sample(field, &[], &|value| value));
                    }
                }
                if let ([Step::Field(name), rest @ ..], true) =
                    (steps, schema["additionalProperties"].is_object())
                {
                    let value = self.sample(&schema["additionalProperties"], rest, extreme);
                    fields.insert(name.clone(), value);
                }
                Value::Object(fields)
            }
            _ => Value::Null,
        };
        if is_here { extreme(value) } else { value }
    }
}

/// Method, path and body schema of every request with a body.
fn requests(description: &Value) -> Vec<(Method, String, &Value)> {
    let mut requests = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            if schema.is_object() {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                requests.push((method, path.clone(), schema));
            }
        }
    }
    assert!(requests.len() > 15);
    requests
}

#[test]
fn every_text_and_list_of_a_request_has_a_limit() {
    let description = description();
    let mut schemas: Vec<(String, &Value)> = requests(&description)
        .into_iter()
        .map(|(method, path, schema)| (format!("{method} {path}"), schema))
        .collect();
    for (path, item) in description["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                schemas.push((
                    format!("{path} {}", parameter["name"]),
                    &parameter["schema"],
                ));
            }
        }
    }
    for frame in ["VisitorFrame", "AgentFrame"] {
        schemas.push((
            frame.to_owned(),
            &description["components"]["schemas"][frame],
        ));
    }
    let mut unlimited = Vec::new();
    for (name, schema) in schemas {
        let mut walk = Walk {
            description: &description,
            places: Vec::new(),
            unlimited: Vec::new(),
        };
        walk.see(schema, &[]);
        unlimited.extend(
            walk.unlimited
                .into_iter()
                .map(|place| format!("{name}: {place}")),
        );
    }
    assert!(unlimited.is_empty(), "{unlimited:#?}");
}

#[tokio::test]
async fn one_more_than_the_limit_is_refused_by_field_length_and_limit() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    visitor_is_accepted(&chat, &text(&visitor.started["conversation"]["id"])).await;
    chat.contact().await;
    for list in ["/admin/canned-replies", "/agent/canned-replies"] {
        let reply = json!({"name": list, "text": "Hello"});
        chat.admin.post(list, &reply).await.ok();
    }
    let supervisor = chat.supervisor("Sue").await;
    let description = description();
    let mut count = 0;
    for (method, path, schema) in requests(&description) {
        let mut walk = Walk {
            description: &description,
            places: Vec::new(),
            unlimited: Vec::new(),
        };
        walk.see(schema, &[]);
        let below = path.strip_prefix("/api/v1").unwrap();
        let (client, below) = match below {
            _ if below.starts_with("/widgets") => (
                &visitor.client,
                below.replace("{id}", &text(&shop.widget["id"])),
            ),
            _ if below.starts_with("/conversations") => (
                &visitor.client,
                below.replace("{id}", &text(&visitor.started["conversation"]["id"])),
            ),
            // Who may not ask is told so, whatever they ask.
            _ if below.ends_with("/take-over") || below.ends_with("/assign") => {
                (&supervisor, below.replace("{id}", &visitor.conversation))
            }
            _ => (
                &chat.admin,
                existing(&chat, below, &visitor.conversation).await,
            ),
        };
        for place in &walk.places {
            let (name, is_token) = named(&place.steps);
            if is_token {
                // Has its own limit and code: `visitor::refusals`.
                continue;
            }
            let (extreme, said): (Box<dyn Fn(Value) -> Value>, String) = match place.most {
                Limit::Characters(most) => (
                    Box::new(move |_| json!("a".repeat(most + 1))),
                    format!(
                        "This has {} characters; at most {most} are allowed.",
                        most + 1
                    ),
                ),
                Limit::Items(most) => (
                    Box::new(move |value| json!(vec![value[0].clone(); most + 1])),
                    format!("This has {} entries; at most {most} are allowed.", most + 1),
                ),
            };
            let body = walk.sample(schema, &place.steps, &*extreme);
            let answer = client
                .send(method.clone(), &below, Some(body.to_string()))
                .await;
            let problem: Value = serde_json::from_slice(&answer.bytes).unwrap();
            let what = format!("{method} {path} {name}");
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{what}: {problem}"
            );
            let fields = problem["fields"].as_array().unwrap();
            let fault = fields.iter().find(|fault| fault["name"] == name);
            let fault = fault.unwrap_or_else(|| panic!("{what}: {fields:?}"));
            assert_eq!(
                (&fault["code"], &fault["message"]),
                (&json!("too-long"), &json!(said)),
                "{what}"
            );
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

/// How an error names a place; and whether it is a visitor's token.
fn named(steps: &[Step]) -> (String, bool) {
    let mut name = String::new();
    for step in steps {
        match step {
            Step::Field(field) if name.is_empty() => name.push_str(field),
            Step::Field(field) => name = format!("{name}.{field}"),
            Step::First => name.push_str("[0]"),
            Step::Kind(_) => {}
        }
    }
    let is_token = name == "token";
    (name, is_token)
}

/// An operator's path with the id of something that exists.
async fn existing(chat: &Chat, path: &str, conversation: &str) -> String {
    let Some((list, _)) = path.split_once("/{id}") else {
        return path.to_owned();
    };
    if list.starts_with("/agent/conversations") {
        return path.replace("{id}", conversation);
    }
    let items = chat.admin.get(list).await.ok();
    path.replace("{id}", &text(&items["items"][0]["id"]))
}

async fn visitor_is_accepted(chat: &Chat, conversation: &str) {
    let path = format!("/agent/conversations/{conversation}/accept");
    chat.admin.post(&path, &json!({})).await.ok();
}
