//! Statements as values: one is run alone on a connection, or several as a [`Batch`], which costs one way to the driver's thread
//! and back for all of them. Each is written once either way. What several batches insert into one table is one statement with many
//! rows: the driver's thread tells of each statement by itself, and whoever waits wakes up for it.

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe};

use super::lines::Move;
use super::{Connection, StorageError};

/// A statement that answers nothing, with its values for `$1`, `$2` …
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    sql: &'static str,
    /// What follows once for each row.
    row: &'static str,
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
        Self::insertion(sql, "")
    }

    /// Inserts a row, alone or with others: `sql` ends with `VALUES`, and `row` is what follows, in brackets.
    pub(super) fn insertion(sql: &'static str, row: &'static str) -> Self {
        Self {
            sql,
            row,
            values: Vec::new(),
        }
    }

    /// Whether those of several batches can be one.
    fn is_insertion(&self) -> bool {
        !self.row.is_empty()
    }

    /// Gives the next value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Runs it alone.
    pub(super) async fn run(self, connection: &mut Connection) -> Result<(), StorageError> {
        let mut script = Script::default();
        script.push(&[&self]);
        Ok(script.run(connection).await?)
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

    /// Runs all of these, which are alike, with `before` and `after`, which take no values. What failed may be stored in part: the
    /// caller undoes it.
    pub(super) async fn run<'a>(
        batches: impl IntoIterator<Item = &'a Self>,
        connection: &mut Connection,
        before: &str,
        after: &str,
    ) -> sqlx::Result<()> {
        let batches: Vec<&[Statement]> = batches
            .into_iter()
            .map(|batch| &*batch.statements)
            .collect();
        let mut script = Script::default();
        script.sql.push_str(before);
        let mut statements = batches.iter().flat_map(|batch| batch.iter());
        if statements.all(Statement::is_insertion) {
            let length = batches.first().map_or(0, |batch| batch.len());
            for place in 0..length {
                let rows: Vec<_> = batches
                    .iter()
                    .filter_map(|batch| batch.get(place))
                    .collect();
                script.push(&rows);
            }
        } else {
            for statement in batches.into_iter().flatten() {
                script.push(&[statement]);
            }
        }
        script.sql.push_str(after);
        script.run(connection).await
    }
}

/// Statements one after another, with the values of all.
#[derive(Default)]
struct Script {
    sql: String,
    values: Vec<Value>,
}

impl Script {
    /// Adds a statement; several are one with many rows.
    fn push(&mut self, alike: &[&Statement]) {
        let Some(first) = alike.first() else { return };
        match first.is_insertion() {
            true => self.sql.push_str(first.sql),
            false => self.push_text(first.sql, &first.values),
        }
        for (index, statement) in alike.iter().enumerate() {
            self.sql.push_str(if index == 0 { " " } else { ", " });
            self.push_text(statement.row, &statement.values);
        }
        self.sql.push(';');
    }

    /// Adds a text with a `?` for each `$1`, `$2` …, and the values in the order in which they occur: SQLite looks for a numbered
    /// one among all, and there are hundreds.
    fn push_text(&mut self, text: &str, values: &[Value]) {
        let mut parts = text.split('$');
        self.sql.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = part.split_at(digits);
            let index = number
                .parse()
                .ok()
                .and_then(|number: usize| number.checked_sub(1));
            match index.and_then(|index| values.get(index)) {
                Some(value) => {
                    self.sql.push('?');
                    self.values.push(value.clone());
                }
                None => {
                    self.sql.push('$');
                    self.sql.push_str(number);
                }
            }
            self.sql.push_str(rest);
        }
    }

    async fn run(self, connection: &mut Connection) -> sqlx::Result<()> {
        let values = arguments(&self.values)?;
        sqlx::query_with(AssertSqlSafe(self.sql), values)
            .execute(connection)
            .await?;
        Ok(())
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
    fn what_is_inserted_into_one_table_is_one_statement() {
        let row = |number: i64| Statement::insertion("INSERT INTO a VALUES", "($1)").bind(number);
        let mut script = Script::default();
        script.push(&[&row(1), &row(2)]);
        script.push(&[&Statement::new("DELETE FROM a WHERE b = $1").bind("c")]);
        assert_eq!(
            script.sql,
            "INSERT INTO a VALUES (?), (?);DELETE FROM a WHERE b = ? ;"
        );
        assert_eq!(script.values.len(), 3);
    }

    #[test]
    fn values_come_in_the_order_in_which_they_are_named() {
        let mut script = Script::default();
        let update =
            Statement::new("UPDATE a SET b = $2, c = '$', d = $2 WHERE e = $1 AND f = $12");
        script.push(&[&update.bind(1_i64).bind("two")]);
        assert_eq!(
            script.sql,
            "UPDATE a SET b = ?, c = '$', d = ? WHERE e = ? AND f = $12 ;"
        );
        let told = format!("{:?}", script.values);
        assert_eq!(
            told,
            "[Text(Some(\"two\")), Text(Some(\"two\")), Integer(Some(1))]"
        );
    }
}
