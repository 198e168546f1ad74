//! The limits of texts and lists that no other code judges, as `openapi.json` states them: ids, what is only compared,
//! and what is judged by its form. The rest is judged where it is parsed, together with all that is wrong with a request;
//! a test sends one more than the stated limit to every field.
//!
//! A token has its limit elsewhere: it is configured, and what exceeds it is `token-malformed`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bonafide_protocol::FieldError;
use serde_json::Value;

use super::assemble;
use crate::settings::Fault;

/// The faults in the JSON `body` of a request whose schema has this name, each named by its path.
pub(super) fn judge(schema: &str, body: &[u8]) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if let Some(limits) = ALL.get(schema)
        && body.len() > limits.shortest
        && let Ok(value) = serde_json::from_slice(body)
    {
        limits.tree.judge(&value, "", &mut faults);
    }
    faults
}

/// One request's limits.
struct Limits {
    tree: Node,
    /// A body of so many bytes is within all of them.
    shortest: usize,
}

/// What holds for one place in a request.
#[derive(Default)]
struct Node {
    max_length: Option<usize>,
    max_items: Option<usize>,
    max_properties: Option<usize>,
    /// Of a map's names.
    name_length: Option<usize>,
    fields: BTreeMap<String, Node>,
    /// A list's items, or a map's values.
    each: Option<Box<Node>>,
    /// Where a value may be one of several kinds: what holds for each of them.
    kinds: Vec<Node>,
}

/// Schemas all of whose limits are judged here. Ids are, too.
const SCHEMAS: [&str; 2] = ["SignInRequest", "VisitorFrame"];
/// Fields whose limits are judged here.
const FIELDS: [&str; 9] = [
    "accentColor",
    "clientFunction",
    "clientId",
    "current",
    "members",
    "publicKeyUrl",
    "secret",
    "value",
    "variable",
];

static ALL: LazyLock<BTreeMap<String, Limits>> = LazyLock::new(|| {
    let description = serde_json::to_value(assemble::description()).unwrap_or_default();
    let Some(schemas) = description["components"]["schemas"].as_object() else {
        return BTreeMap::new();
    };
    let limits = |name: &str, schema: &Value| {
        let tree = Node::of(schema, schemas, SCHEMAS.contains(&name), 0);
        let shortest = tree.shortest();
        Limits { tree, shortest }
    };
    schemas
        .iter()
        .map(|(name, schema)| (name.clone(), limits(name, schema)))
        .collect()
});

impl Node {
    /// Reads a schema, with its limits if they are judged here. `depth` ends what refers to itself.
    fn of(
        schema: &Value,
        schemas: &serde_json::Map<String, Value>,
        is_ours: bool,
        depth: u32,
    ) -> Self {
        if depth > MAX_DEPTH {
            return Self::default();
        }
        let of = |schema: &Value| Self::of(schema, schemas, is_ours, depth + 1);
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or_default();
            let is_ours = is_ours || name.ends_with("Id");
            let of = |schema| Self::of(schema, schemas, is_ours, depth + 1);
            return schemas.get(name).map(of).unwrap_or_default();
        }
        let most = |limit: &Value| {
            let most = limit.as_u64().filter(|_| is_ours)?;
            usize::try_from(most).ok()
        };
        let each = [&schema["items"], &schema["additionalProperties"]]
            .into_iter()
            .find(|each| each.is_object());
        let fields = schema["properties"].as_object().into_iter().flatten();
        Self {
            max_length: most(&schema["maxLength"]),
            max_items: most(&schema["maxItems"]),
            max_properties: most(&schema["maxProperties"]),
            name_length: most(&schema["propertyNames"]["maxLength"]),
            fields: fields
                .filter(|(name, _)| *name != "token")
                .map(|(name, field)| {
                    let is_ours = is_ours || FIELDS.contains(&name.as_str());
                    (name.clone(), Self::of(field, schemas, is_ours, depth + 1))
                })
                .collect(),
            each: each.map(|each| Box::new(of(each))),
            kinds: ["oneOf", "anyOf", "allOf"]
                .iter()
                .filter_map(|key| schema[key].as_array())
                .flatten()
                .map(of)
                .collect(),
        }
    }

    /// The smallest limit. A list of so many items, or a map, has at least as many bytes.
    fn shortest(&self) -> usize {
        let below = self
            .fields
            .values()
            .chain(self.each.as_deref())
            .chain(&self.kinds);
        [
            self.max_length,
            self.max_items,
            self.max_properties,
            self.name_length,
        ]
        .into_iter()
        .flatten()
        .chain(below.map(Self::shortest))
        .min()
        .unwrap_or(usize::MAX)
    }

    fn judge(&self, value: &Value, path: &str, faults: &mut Vec<FieldError>) {
        let mut refuse = |fault: Fault, path: &str| {
            if faults.iter().all(|known| known.name != path) {
                faults.push(fault.of(path));
            }
        };
        match value {
            // Blanks around a text mostly do not count; where they do, its own rule says so.
            Value::String(text) => {
                if let Some(fault) = too_long(text.trim(), self.max_length) {
                    refuse(fault, path);
                }
            }
            Value::Array(items) => {
                if let Some(most) = self.max_items.filter(|most| items.len() > *most) {
                    refuse(Fault::too_many_entries(items.len(), most), path);
                } else if let Some(each) = &self.each {
                    for (index, item) in items.iter().enumerate() {
                        each.judge(item, &format!("{path}[{index}]"), faults);
                    }
                }
            }
            Value::Object(entries) => {
                if let Some(most) = self.max_properties.filter(|most| entries.len() > *most) {
                    refuse(Fault::too_many_entries(entries.len(), most), path);
                }
                for (name, entry) in entries {
                    // A name may be as long as the body.
                    let shown: String = name.chars().take(SHOWN).collect();
                    let below = match path {
                        "" => shown,
                        path => format!("{path}.{shown}"),
                    };
                    if let Some(fault) = too_long(name, self.name_length) {
                        faults.push(fault.of(&below));
                    }
                    if let Some(node) = self.fields.get(name).or(self.each.as_deref()) {
                        node.judge(entry, &below, faults);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        for kind in &self.kinds {
            kind.judge(value, path, faults);
        }
    }
}

/// The fault of a text with more than `most` characters.
pub(super) fn too_long(text: &str, most: Option<usize>) -> Option<Fault> {
    let most = most?;
    // No text has more characters than bytes.
    let length = (text.len() > most).then(|| text.chars().count())?;
    (length > most).then(|| Fault::too_many_characters(length, most))
}

const MAX_DEPTH: u32 = 16;
const SHOWN: usize = 100;
