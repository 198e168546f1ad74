//! `bonafide backup`: copies a server's data into one file, beside the running server.

use std::path::PathBuf;

use bonafide_server::storage::{self, Progress};
use clap::Args;

use crate::{output, serve};

/// Copy the server's data into one file, with the files that people sent. Works beside a running server: the copy holds all that was acknowledged
/// before, and nothing by half. A plain copy of the files does not
#[derive(Args)]
pub(crate) struct Arguments {
    /// The file to write; readable to its owner only, because it holds what the database holds
    file: PathBuf,

    /// Directory with the server's data
    #[arg(long, value_name = "DIR", default_value = serve::DATA, env = "BONAFIDE_DATA")]
    data: PathBuf,

    /// Replace the file if it exists
    #[arg(long)]
    overwrite: bool,

    /// Afterwards restore the backup into a temporary folder beside it, check it whole, and count what it holds
    #[arg(long)]
    verify: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        file,
        data,
        overwrite,
        verify,
    } = arguments;
    serve::runtime()?.block_on(async {
        let made = storage::back_up(&data, &file, overwrite, Percents::default().tell()).await?;
        output::line(format!(
            "`{}` holds the data of `{}`: {} bytes.",
            file.display(),
            data.display(),
            made.bytes
        ))?;
        if made.files.copied > 0 {
            output::line(format!(
                "With it go {} files that people sent.",
                made.files.copied
            ))?;
        }
        if made.files.missing > 0 {
            output::line(format!(
                "WARNING: {} files that messages bring are missing in `{}`, and so in the backup.",
                made.files.missing,
                data.join("files").display()
            ))?;
        }
        if verify {
            let restored = storage::rehearse(&file).await?;
            output::line(format!(
                "It was restored into a temporary folder, and is sound: {}.",
                listed(&restored.counts)
            ))?;
        }
        Ok(())
    })
}

/// `4 operators, 1 chat widgets, …`
pub(crate) fn listed(counts: &[(&str, i64)]) -> String {
    let counts: Vec<String> = counts
        .iter()
        .map(|(kind, number)| format!("{number} {kind}"))
        .collect();
    counts.join(", ")
}

/// Tells of progress on standard error, once for each tenth.
#[derive(Default)]
pub(crate) struct Percents(u64);

impl Percents {
    pub(crate) fn tell(mut self) -> impl FnMut(Progress) {
        move |Progress { done, total }| {
            let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100);
            if percent / 10 > self.0 / 10 {
                self.0 = percent;
                eprintln!("{percent} %: {done} of about {total} bytes");
            }
        }
    }
}
