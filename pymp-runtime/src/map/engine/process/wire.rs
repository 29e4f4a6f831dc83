//! What goes over the connection. All numbers are little-endian.
//!
//! ```text
//! child to parent, once    token: 16 bytes, likeness: 8 bytes
//! parent to child          function: 8 bytes, length: 8 bytes, the input
//! child to parent          what: 1 byte, length: 8 bytes, the value or a text
//! ```

use std::io::{self, Read, Write};

/// A secret that the parent gives the child when it starts it.
pub(super) type Token = [u8; 16];

/// What became of a task in the child.
#[derive(Debug)]
pub(super) enum Answer {
    Value(Vec<u8>),
    Panicked(String),
    /// Its input or its value could not be read or written by serde.
    Unreadable(String),
}

pub(super) fn write_task(to: &mut impl Write, function: i64, input: &[u8]) -> io::Result<()> {
    let mut frame = Vec::with_capacity(16 + input.len());
    frame.extend(function.to_le_bytes());
    frame.extend((input.len() as u64).to_le_bytes());
    frame.extend(input);
    to.write_all(&frame)
}

/// `None` when the parent has gone.
pub(super) fn read_task(from: &mut impl Read) -> io::Result<Option<(i64, Vec<u8>)>> {
    let mut function = [0; 8];
    match from.read_exact(&mut function) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    Ok(Some((i64::from_le_bytes(function), read_bytes(from)?)))
}

pub(super) fn write_answer(to: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let (what, bytes) = match answer {
        Answer::Value(bytes) => (0, bytes.as_slice()),
        Answer::Panicked(text) => (1, text.as_bytes()),
        Answer::Unreadable(text) => (2, text.as_bytes()),
    };
    let mut frame = Vec::with_capacity(9 + bytes.len());
    frame.push(what);
    frame.extend((bytes.len() as u64).to_le_bytes());
    frame.extend(bytes);
    to.write_all(&frame)
}

pub(super) fn read_answer(from: &mut impl Read) -> io::Result<Answer> {
    let mut what = [0];
    from.read_exact(&mut what)?;
    let bytes = read_bytes(from)?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    match what {
        [0] => Ok(Answer::Value(bytes)),
        [1] => Ok(Answer::Panicked(text(bytes))),
        [2] => Ok(Answer::Unreadable(text(bytes))),
        [other] => Err(io::Error::new(io::ErrorKind::InvalidData, format!("an answer of kind {other}"))),
    }
}

fn read_bytes(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    // Grows as the bytes come, whatever the length says.
    if from.take(length).read_to_end(&mut bytes)? as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
