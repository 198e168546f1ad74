//! nginx, as distributions ship it, in front of a server.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::OnceLock;

use crate::not_tried::not_tried;

/// A running nginx.
pub(crate) struct Nginx {
    child: Child,
    pub(crate) origin: String,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Nginx {
    /// Passes everything on to `upstream`, with `lines` in its one `server`.
    pub(crate) fn start(directory: &Path, upstream: &str, lines: &str) -> Option<Self> {
        let program = program()?;
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = directory.display();
        let text = format!(
            "daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;
             events {{}}
             http {{
               access_log off;
               client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
               uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
               server {{
                 listen 127.0.0.1:{port};
                 location / {{ proxy_pass {upstream}; {lines} }}
                 location /chat/ {{ proxy_pass {upstream}/; {lines} }}
               }}
             }}"
        );
        let file = directory.join("nginx.conf");
        fs::write(&file, text).unwrap();
        let child = Command::new(program)
            .args(["-e", "stderr", "-c"])
            .arg(&file)
            .args(["-p", directory.to_str().unwrap()])
            .stderr(File::create(directory.join("nginx.log")).unwrap())
            .spawn()
            .unwrap();
        let nginx = Self {
            child,
            origin: format!("http://127.0.0.1:{port}"),
        };
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = fs::read_to_string(directory.join("nginx.log")).unwrap();
            assert!(!log.contains("[emerg]"), "{log}");
        }
        Some(nginx)
    }
}

/// The program: the system's, or unpacked from Debian's package without installing it. `None` where there is neither, which
/// is said; where `CI` is set, that fails the test.
fn program() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    PROGRAM.get_or_init(find).as_deref()
}

fn find() -> Option<PathBuf> {
    let installed = PathBuf::from("/usr/sbin/nginx");
    if installed.exists() {
        return Some(installed);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let unpacked = folder.join("nginx");
    let program = unpacked.join("usr/sbin/nginx");
    if program.exists() {
        return Some(program);
    }
    let temporary = tempfile::tempdir_in(folder).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&temporary);
        command.output().map_err(|error| error.to_string())
    };
    match run("apt-get", &["download", "nginx"]) {
        Ok(output) if output.status.success() => {}
        other => {
            let reason =
                format!("nginx is not installed, and `apt-get download nginx` gives {other:?}");
            assert!(std::env::var_os("CI").is_none(), "{reason}");
            not_tried("what needs nginx", &reason);
            return None;
        }
    }
    // Whatever fails from here on is no matter of the machine.
    let package = fs::read_dir(&temporary)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let output = run("dpkg", &["-x", package.to_str().unwrap(), "nginx"]).unwrap();
    assert!(output.status.success(), "{output:?}");
    // Whole, or not at all: other tests look for it at the same time, each perhaps in a process of its own. One of them
    // may have been the first.
    let moved = fs::rename(temporary.path().join("nginx"), &unpacked);
    assert!(program.exists(), "{moved:?}");
    Some(program)
}
