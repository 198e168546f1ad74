//! Fills a database with copies of a conversation, with the server stopped. Knows which column tells a conversation apart and
//! which say how it stands (`state`, `closed_at`, and `open_queue_id`, which only one that is not over has), and nothing else
//! of the schema: what is added to it is copied too.

use std::path::Path;

use anyhow::{Context as _, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, SqliteConnection};

/// Rows in one transaction.
const AT_ONCE: u64 = 50_000;

/// Adds conversations that wait, and conversations that are over.
pub(crate) async fn fill(database: &Path, waiting: u64, stored: u64) -> Result<()> {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .journal_mode(SqliteJournalMode::Wal)
        // Nobody is told that it is stored.
        .synchronous(SqliteSynchronous::Off)
        .connect()
        .await?;
    copy(&mut connection, "waiting", "waiting", waiting).await?;
    copy(&mut connection, "waiting", "closed", stored).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// Copies one conversation that is in `from` many times into `to`.
async fn copy(connection: &mut SqliteConnection, from: &str, to: &str, count: u64) -> Result<()> {
    let columns: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM pragma_table_info('conversations')")
            .fetch_all(&mut *connection)
            .await?;
    let names: Vec<&str> = columns.iter().map(|(name,)| name.as_str()).collect();
    let values: Vec<String> = names
        .iter()
        .map(|name| match *name {
            "id" => "'cnv_' || lower(hex(randomblob(16)))".to_owned(),
            "state" => format!("'{to}'"),
            "closed_at" if to == "closed" => "started_at".to_owned(),
            "open_queue_id" if to == "closed" => "NULL".to_owned(),
            "started_at" => "started_at + number".to_owned(),
            name => name.to_owned(),
        })
        .collect();
    let sql = format!(
        "INSERT INTO conversations ({}) SELECT {} FROM
         (SELECT * FROM conversations WHERE state = '{from}' LIMIT 1),
         (WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < $1)
          SELECT number FROM numbers)",
        names.join(", "),
        values.join(", ")
    );
    let mut left = count;
    while left > 0 {
        let rows = left.min(AT_ONCE);
        let done = sqlx::query(AssertSqlSafe(sql.as_str()))
            .bind(i64::try_from(rows)?)
            .execute(&mut *connection)
            .await
            .context("conversations could not be copied")?;
        anyhow::ensure!(
            done.rows_affected() == rows,
            "no conversation that waits to copy"
        );
        left -= rows;
    }
    Ok(())
}
