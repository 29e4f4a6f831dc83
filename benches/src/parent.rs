//! The parent: starts the children in turn, collects what they print, and shows it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::table::Results;
use crate::{Options, compile, machine, table};

struct Contender {
    name: String,
    command: Box<dyn Fn() -> Command>,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let mut notes = vec![format!("Machine: {}.", machine::description())];
    let target = compile::TARGET.map(|target| format!(" -march={target}")).unwrap_or_default();
    notes.push(format!("Rust is compiled for: {}. C is compiled with -O3{target}.", machine::rust_target()));
    let contenders = contenders(options, &mut notes);
    match machine::load() {
        None => notes.push("Whether the machine was idle is not known here.".into()),
        Some(load) if load > machine::IDLE => {
            notes.push(format!("**The machine was not idle**: {load:.2} cores were busy before the start. Figures mislead."));
        }
        Some(load) => notes.push(format!("The machine was idle before the start ({load:.2} cores busy).")),
    }
    for note in &notes {
        eprintln!("{note}");
    }

    let mut results = Results::default();
    let mut busiest = 0.0_f64;
    for round in 1..=options.rounds {
        busiest = busiest.max(machine::load().unwrap_or(0.0));
        for Contender { name, command } in &contenders {
            eprint!("\rround {round} of {}: {name:<16}", options.rounds);
            match lines(command()) {
                Ok(lines) => results.add(&lines),
                Err(problem) if round == 1 => notes.push(format!("{name} failed: {problem}")),
                Err(_) => {}
            }
        }
    }
    eprintln!();
    notes.push(format!("{} rounds; at most {busiest:.2} cores were busy between them.", options.rounds));

    let text = table::render(&results, &notes);
    // Whoever reads along may close the pipe.
    let _ = std::io::stdout().write_all(text.as_bytes());
    if options.save { save(&text) } else { ExitCode::SUCCESS }
}

fn contenders(options: &Options, notes: &mut Vec<String>) -> Vec<Contender> {
    let mut words: Vec<String> = options.only.iter().flat_map(|word| ["--only".to_owned(), word.clone()]).collect();
    if options.large {
        words.push("--large".to_owned());
    }
    let child = |name: &'static str| {
        let words = words.clone();
        let command = move || {
            let mut command = Command::new(std::env::current_exe().unwrap_or_default());
            command.args(["child", name]).args(&words);
            command
        };
        Contender { name: name.to_owned(), command: Box::new(command) }
    };
    let mut contenders = vec![child("limit"), child("serial"), child("ours")];
    for program in compile::all() {
        match program.built {
            Err(problem) => notes.push(format!("Missing: {problem}.")),
            Ok(path) => {
                notes.push(format!("{}: {}.", program.name, compile::version(program.name)));
                let (name, words) = (program.name.to_owned(), words.clone());
                let command = move || {
                    let mut command = Command::new(&path);
                    command.arg(path.file_name().unwrap_or_default()).args(&words);
                    command
                };
                contenders.push(Contender { name, command: Box::new(command) });
            }
        }
    }
    contenders.push(child("rayon"));
    if cfg!(feature = "peers") {
        contenders.extend(["forkunion", "spindle", "paralight"].map(child));
    } else {
        notes.push("Missing: forkunion, spindle and paralight, which come with `--features peers`.".into());
    }
    contenders
}

/// What a child prints; it sees no setting of any runtime.
fn lines(mut command: Command) -> Result<String, String> {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["OMP_", "GOMP_", "KMP_", "PYMP_", "RAYON_"].iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(output.status.to_string())
    }
}

fn save(text: &str) -> ExitCode {
    let day = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() / 86_400);
    let (year, month, day) = date(day);
    let file = format!("{year:04}-{month:02}-{day:02}.md");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    let saved = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(&file), text));
    match saved {
        Ok(()) => {
            eprintln!("saved as benches/results/{file}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("benches/results/{file}: {error}");
            ExitCode::FAILURE
        }
    }
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
