//! Statements as values: one is run alone on a connection, or several as a [`Batch`], which costs one way to the driver's thread
//! and back for all of them. Each is written once either way.

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe};

use super::lines::Move;
use super::{Connection, StorageError};

/// A statement that answers nothing, with its values for `$1`, `$2` …
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    sql: &'static str,
    values: Vec<Value>,
}

/// A value of a type that every database knows.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Boolean(bool),
    Integer(Option<i64>),
    Text(Option<String>),
}

/// Statements that are stored together or not at all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    statements: Vec<Statement>,
    pub(super) moves: Vec<Move>,
}

impl Statement {
    pub(super) fn new(sql: &'static str) -> Self {
        Self {
            sql,
            values: Vec::new(),
        }
    }

    /// Gives the next value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Runs it alone.
    pub(super) async fn run(self, connection: &mut Connection) -> Result<(), StorageError> {
        let values = arguments(&self.values)?;
        sqlx::query_with(self.sql, values)
            .execute(connection)
            .await?;
        Ok(())
    }
}

impl Batch {
    /// Adds a statement, to be run after those before it.
    pub(crate) fn push(&mut self, statement: Statement) {
        self.statements.push(statement);
    }

    /// Notes who comes into a line by it.
    pub(super) fn note(&mut self, moved: Move) {
        self.moves.push(moved);
    }

    /// Whether it is made of the same statements, with whatever values.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let texts = |batch: &'_ Self| -> Vec<&'static str> {
            batch
                .statements
                .iter()
                .map(|statement| statement.sql)
                .collect()
        };
        texts(self) == texts(other)
    }

    /// Runs all of these, with `before` and `after`, which take no values. What failed may be stored in part: the caller undoes it.
    pub(super) async fn run<'a>(
        batches: impl IntoIterator<Item = &'a Self>,
        connection: &mut Connection,
        before: &str,
        after: &str,
    ) -> sqlx::Result<()> {
        let mut sql = String::with_capacity(4_096);
        let mut values = Vec::new();
        sql.push_str(before);
        for statement in batches.into_iter().flat_map(|batch| &batch.statements) {
            push_numbered(&mut sql, statement.sql, values.len());
            sql.push(';');
            values.extend_from_slice(&statement.values);
        }
        sql.push_str(after);
        sqlx::query_with(AssertSqlSafe(sql), arguments(&values)?)
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// The statement with the numbers of its values raised, as those of the statements before it are counted too.
fn push_numbered(to: &mut String, sql: &str, by: usize) {
    let mut parts = sql.split('$');
    to.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        to.push('$');
        match number.parse::<usize>() {
            Ok(number) => to.push_str(&(number + by).to_string()),
            Err(_) => to.push_str(number),
        }
        to.push_str(rest);
    }
}

fn arguments(values: &[Value]) -> sqlx::Result<SqliteArguments> {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        match value {
            Value::Boolean(value) => arguments.add(*value),
            Value::Integer(value) => arguments.add(*value),
            Value::Text(value) => arguments.add(value.clone()),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        i64::from(value).into()
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_raised_by_those_before() {
        let mut sql = String::new();
        push_numbered(&mut sql, "INSERT INTO a VALUES ($1, $12, '$', $2)", 30);
        assert_eq!(sql, "INSERT INTO a VALUES ($31, $42, '$', $32)");
    }
}
