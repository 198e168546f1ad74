//! `bonafide restore`: puts a backup in the place of a stopped server's data.

use std::path::PathBuf;

use bonafide_server::storage;
use clap::Args;

use crate::backup::{Percents, listed};
use crate::{clock, output, serve};

/// Put a backup in the place of the server's data. The server must be stopped. The backup is checked whole first
#[derive(Args)]
pub(crate) struct Arguments {
    /// A file that `bonafide backup` wrote, or a database that was copied while no server ran
    file: PathBuf,

    /// Directory for the server's data; made when it is missing
    #[arg(long, value_name = "DIR", default_value = serve::DATA, env = "BONAFIDE_DATA")]
    data: PathBuf,

    /// Restore although the directory holds data; that is kept under another name
    #[arg(long)]
    replace: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        file,
        data,
        replace,
    } = arguments;
    serve::runtime()?.block_on(async {
        let now_s = clock::unix_now();
        let progress = Percents::default().tell();
        let restored = storage::restore(&file, &data, replace, now_s, progress).await?;
        output::line(format!(
            "`{}` holds the data of `{}`: {}.",
            data.display(),
            file.display(),
            listed(&restored.counts)
        ))?;
        if let Some(former) = restored.former {
            output::line(format!(
                "The former database is kept as `{}`. Remove it once nobody needs it.",
                former.display()
            ))?;
        }
        if let Some(former) = restored.former_files {
            output::line(format!(
                "The former files are kept as `{}`. Remove them with it.",
                former.display()
            ))?;
        }
        Ok(())
    })
}
