//! A WASI program that speaks JSON: `{"name": "...", "num": N}` in, `{"names": [...]}` out.

use std::error::Error;
use std::io::{self, BufWriter, Read, Write};
use std::iter;
use std::process::ExitCode;

use serde::{Deserialize, Serialize, Serializer};

#[derive(Deserialize)]
struct Request {
    name: String,
    num: i32,
}

#[derive(Serialize)]
struct Answer<'a> {
    names: Repeated<'a>,
}

/// Written out one by one, so that a large count costs no memory.
struct Repeated<'a> {
    name: &'a str,
    count: usize,
}

impl Serialize for Repeated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(iter::repeat(self.name).take(self.count))
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut input = Vec::new();
    io::stdin().read_to_end(&mut input)?;
    let request: Request = serde_json::from_slice(&input)?;
    let count = usize::try_from(request.num).map_err(|_| "num must not be negative")?;

    let names = Repeated { name: &request.name, count };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &Answer { names })?;
    out.write_all(b"\n")?;
    // A failure while dropping the writer would pass unseen.
    out.flush()?;
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("repeat: {error}");
            ExitCode::from(1)
        }
    }
}
