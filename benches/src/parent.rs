//! The parent: starts the children in turn, collects what they print, and shows it.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::contender::{self, Contender};
use crate::results::Results;
use crate::{Options, compile, machine, table};

/// How often it looks whether somebody else is at work.
const LOOK: Duration = Duration::from_secs(10);

pub(crate) fn run(options: &Options) -> ExitCode {
    let mut notes = vec![format!("Machine: {}.", machine::description())];
    let target = compile::TARGET.map(|target| format!(" -march={target}")).unwrap_or_default();
    notes.push(format!("Rust is compiled for: {}. C is compiled with -O3{target}.", machine::rust_target()));
    notes.push(format!("All contenders have large pages (`{}`), where malloc is glibc's.", contender::LARGE_PAGES));
    let contenders = contender::all(&mut notes);
    match machine::load() {
        None => notes.push("Whether the machine was idle is not known here.".into()),
        Some(load) if load > machine::IDLE => {
            notes.push(format!("**The machine was not idle**: {load:.2} cores were busy before the start. Figures mislead."));
        }
        Some(load) => notes.push(format!("The machine was idle before the start ({load:.2} cores busy).")),
    }
    notes.iter().for_each(|note| eprintln!("{note}"));
    let results = measure(options, &contenders, &mut notes);
    let mut text = table::render(&results, &notes);
    // Whoever reads along may close the pipe.
    let _ = std::io::stdout().write_all(text.as_bytes());
    if let Some(what) = &options.save
        && let Err(error) = save(what, &results, &mut text)
    {
        eprintln!("benches/results: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Goes through all rows and contenders, several times.
fn measure(options: &Options, contenders: &[Contender], notes: &mut Vec<String>) -> Results {
    let large: &[&str] = if options.large { &["--large"] } else { &[] };
    let rows = rows(options, contenders, large, notes);
    let mut results = Results::default();
    let mut busiest = machine::load().unwrap_or(0.0);
    let mut looked = Instant::now();
    for round in 1..=options.rounds {
        for (number, (row, who)) in rows.iter().enumerate() {
            eprint!("\rround {round} of {}, row {} of {}: {row:<76.76}", options.rounds, number + 1, rows.len());
            for contender in who {
                match contender.ask(&[&["--row", row.as_str()], large].concat()) {
                    Ok(lines) => results.add(&lines),
                    Err(problem) if round == 1 => notes.push(format!("{} failed in the row `{row}`: {problem}", contender.name)),
                    Err(_) => {}
                }
            }
            if looked.elapsed() > LOOK {
                busiest = busiest.max(machine::load().unwrap_or(0.0));
                looked = Instant::now();
            }
        }
    }
    eprintln!();
    notes.push(format!("{} rounds; at most {busiest:.2} cores were busy between rows.", options.rounds));
    results
}

/// The rows that are asked for, each with the contenders that have it.
fn rows<'c>(
    options: &Options,
    contenders: &'c [Contender],
    large: &[&str],
    notes: &mut Vec<String>,
) -> Vec<(String, Vec<&'c Contender>)> {
    let mut rows: Vec<(String, Vec<&Contender>)> = Vec::new();
    for contender in contenders {
        let list = contender.ask(&[&["--list"], large].concat()).unwrap_or_else(|problem| {
            notes.push(format!("Missing: {}, which cannot say what it measures: {problem}.", contender.name));
            String::new()
        });
        for name in list.lines() {
            if !options.only.is_empty() && !options.only.iter().any(|word| name.contains(word.as_str())) {
                continue;
            }
            match rows.iter_mut().find(|(row, _)| row == name) {
                // A row that a contender measures in several ways is listed several times.
                Some((_, who)) => {
                    if who.last().is_none_or(|last| last.name != contender.name) {
                        who.push(contender);
                    }
                }
                None => rows.push((name.to_owned(), vec![contender])),
            }
        }
    }
    rows
}

/// Writes the report under today's date and a word that says what it holds, and the plot beside it.
fn save(what: &str, results: &Results, text: &mut String) -> Result<(), Box<dyn Error>> {
    let day = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 86_400;
    let (year, month, day) = date(day);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    std::fs::create_dir_all(&folder)?;
    let name = format!("{year:04}-{month:02}-{day:02}-{what}");
    #[cfg(feature = "plot")]
    if crate::plot::growth(results, &folder.join(format!("{name}.svg")))? {
        table::line(text, &format!("\n## Growth\n\n![Cost as the work grows]({name}.svg)"));
    }
    #[cfg(not(feature = "plot"))]
    let _ = (results, "the plot comes with `--features plot`");
    std::fs::write(folder.join(format!("{name}.md")), text)?;
    eprintln!("saved as benches/results/{name}.md");
    Ok(())
}

/// The date of a day counted from 1970-01-01.
fn date(days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut left) = (1970, days);
    while left >= 365 + u64::from(leap(year)) {
        left -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_have_dates() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(59), (1970, 3, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(20_454), (2026, 1, 1));
    }
}
