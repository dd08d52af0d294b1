//! Copies a file, piece by piece, then reads the copy back: `copy FROM TO` prints its length and a checksum.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;

fn copy(from: &str, to: &str) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = File::create(to)?;
    let length = io::copy(&mut source, &mut target)?;
    target.sync_all()?;
    drop(target);

    // FNV-1a: short, and no byte can be lost or swapped without changing it.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut piece = vec![0; 64 << 10];
    let mut copy = File::open(to)?;
    loop {
        let count = copy.read(&mut piece)?;
        if count == 0 {
            break;
        }
        for byte in &piece[..count] {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    let copied = std::fs::metadata(to)?.len();
    writeln!(io::stdout(), "{length} {copied} {hash:016x}")
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 3 {
        eprintln!("usage: copy FROM TO");
        return ExitCode::from(2);
    }
    match copy(&args[1], &args[2]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
