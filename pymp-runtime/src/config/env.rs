//! The environment: `PYMP_X`, then `OMP_X`, then the default; and the grammar of each variable.

use super::kinds::{Nested, ProcBind, WaitPolicy};
use crate::binding;
use crate::count::MOST_THREADS;
use crate::schedule::Schedule;
use std::ffi::OsString;
use std::fmt;

/// Where a setting has its value from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Default,
    Variable(String),
    /// A call of a setter.
    Program,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Variable(name) => f.write_str(name),
            Origin::Program => f.write_str("set by the program"),
        }
    }
}

/// One variable's value, or what it should have looked like.
pub(super) type Parsed<T> = Result<T, &'static str>;

/// The environment, and what was wrong in it.
pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<OsString>,
    pub(super) complaints: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<OsString>) -> Self {
        Reader { lookup, complaints: Vec::new() }
    }

    /// The first source that holds a valid value. `default` is shown when none does.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Parsed<T>,
        default: impl fmt::Display,
    ) -> (Option<T>, Origin) {
        let mut refused = Vec::new();
        let mut found = None;
        for prefix in ["PYMP_", "OMP_"] {
            let variable = format!("{prefix}{name}");
            let Some(raw) = (self.lookup)(&variable) else {
                continue;
            };
            let text = raw.to_string_lossy().into_owned();
            match parse(text.trim()) {
                Ok(value) => {
                    found = Some((value, variable, text));
                    break;
                }
                Err(expected) => refused.push((variable, text, expected)),
            }
        }
        let instead = match &found {
            Some((_, variable, text)) => format!("{variable}=\"{text}\""),
            None => format!("the default, {default}"),
        };
        for (variable, text, expected) in refused {
            // The value is escaped, so that it stays one line.
            self.complaints.push(format!("pymp: ignoring {variable}={text:?}, expected {expected}; using {instead}"));
        }
        match found {
            Some((value, variable, _)) => (Some(value), Origin::Variable(variable)),
            None => (None, Origin::Default),
        }
    }
}

pub(super) fn boolean(text: &str) -> Parsed<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Ok(true),
        _ if text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err("true or false"),
    }
}

pub(super) fn positive(text: &str) -> Parsed<usize> {
    text.parse().ok().filter(|&n| n > 0).ok_or("a positive integer")
}

pub(super) fn count(text: &str) -> Parsed<usize> {
    text.parse().map_err(|_| "a non-negative integer")
}

pub(super) fn levels(text: &str) -> Parsed<Vec<usize>> {
    text.split(',')
        .map(|part| positive(part.trim()).ok().filter(|number| *number <= MOST_THREADS))
        .map(|number| number.ok_or("an integer from 1 to 8192, or one per nesting level as in 4,2"))
        .collect()
}

pub(super) fn nested(text: &str) -> Parsed<Nested> {
    Nested::from_word(text)
}

pub(super) fn wait_policy(text: &str) -> Parsed<WaitPolicy> {
    WaitPolicy::from_word(text)
}

pub(super) fn proc_bind(text: &str) -> Parsed<Vec<ProcBind>> {
    let expected = "true, false, or primary, close or spread for each nesting level";
    let binds: Vec<_> =
        text.split(',').map(|part| ProcBind::from_word(part.trim()).map_err(|_| expected)).collect::<Result<_, _>>()?;
    match binding::UNAVAILABLE {
        _ if !ProcBind::may_be_listed(&binds) => Err(expected),
        Some(why) if binds != [ProcBind::False] => Err(why),
        _ => Ok(binds),
    }
}

pub(super) fn schedule(text: &str) -> Parsed<Schedule> {
    // OpenMP's modifier promises an order that our schedules keep or do not need; it is accepted and dropped.
    let kind = match text.split_once(':') {
        Some((modifier, kind)) if ["monotonic", "nonmonotonic"].iter().any(|word| modifier.trim().eq_ignore_ascii_case(word)) => {
            kind.trim()
        }
        _ => text,
    };
    kind.parse()
        .ok()
        .filter(|schedule| *schedule != Schedule::Runtime)
        .ok_or("static, dynamic, guided or auto, the first three with a chunk if you like, as in dynamic,64")
}

/// Bytes. The unit is B, K, M or G; kilobytes without one.
pub(super) fn stacksize(text: &str) -> Parsed<usize> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "B" => Some(1),
        "" | "K" => Some(1 << 10),
        "M" => Some(1 << 20),
        "G" => Some(1 << 30),
        _ => None,
    };
    let bytes = unit.and_then(|unit: usize| positive(digits.trim()).ok()?.checked_mul(unit));
    bytes.ok_or("a positive integer, with B, K, M or G behind it if it is not kilobytes")
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn read<T>(parse: impl Fn(&str) -> Parsed<T>, vars: &[(&str, &str)]) -> (Option<T>, Origin, Vec<String>) {
        let lookup = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
        let mut reader = Reader::new(&lookup);
        let (value, origin) = reader.read("X", parse, "7");
        (value, origin, reader.complaints)
    }

    #[test]
    fn the_first_valid_source_wins() {
        let of = |name: &str| Origin::Variable(name.to_owned());
        assert_eq!(read(positive, &[]), (None, Origin::Default, vec![]));
        assert_eq!(read(positive, &[("OMP_X", "3")]), (Some(3), of("OMP_X"), vec![]));
        assert_eq!(read(positive, &[("OMP_X", "3"), ("PYMP_X", " 2 ")]), (Some(2), of("PYMP_X"), vec![]));
        assert_eq!(
            read(positive, &[("OMP_X", "3"), ("PYMP_X", "")]),
            (Some(3), of("OMP_X"), vec![r#"pymp: ignoring PYMP_X="", expected a positive integer; using OMP_X="3""#.to_owned()])
        );
        let (value, origin, complaints) = read(positive, &[("OMP_X", "a\nb"), ("PYMP_X", "0")]);
        assert_eq!((value, origin), (None, Origin::Default));
        assert_eq!(complaints.len(), 2);
        assert_eq!(complaints[1], r#"pymp: ignoring OMP_X="a\nb", expected a positive integer; using the default, 7"#);
    }

    #[test]
    fn each_variable_has_its_grammar() {
        assert_eq!(levels("4, 2,1"), Ok(vec![4, 2, 1]));
        for bad in ["", "0", "-1", "4,", ",4", "4,0", "abc", "4;2", "99999999999999999999999"] {
            assert!(levels(bad).is_err(), "{bad}");
        }
        assert_eq!((boolean("TRUE"), boolean("False")), (Ok(true), Ok(false)));
        for bad in ["", "1", "yes", "tru"] {
            assert!(boolean(bad).is_err(), "{bad}");
        }
        assert_eq!(nested("true"), Ok(Nested::Allow));
        assert_eq!(nested("FALSE"), Ok(Nested::Serialize));
        assert_eq!(nested("Deny"), Ok(Nested::Deny));
        assert!(nested("1").is_err());
        assert_eq!(count("0"), Ok(0));
        assert!(count("-1").is_err());
        assert_eq!(wait_policy("ACTIVE"), Ok(WaitPolicy::Active));
        assert!(wait_policy("lazy").is_err());
        let unless_it_cannot = |binds: &[ProcBind]| binding::UNAVAILABLE.map_or(Ok(binds.to_vec()), Err);
        assert_eq!(proc_bind("spread, close"), unless_it_cannot(&[ProcBind::Spread, ProcBind::Close]));
        assert_eq!(proc_bind("master"), unless_it_cannot(&[ProcBind::Primary]));
        assert_eq!(proc_bind("FALSE"), Ok(vec![ProcBind::False]));
        assert!(proc_bind("true,close").is_err());
        assert!(proc_bind("").is_err());
        assert_eq!(schedule("nonmonotonic:dynamic,8").map(|s| s.to_string()), Ok("dynamic,8".to_owned()));
        for bad in ["", "runtime", "dynamic,0", "static,-1", "fast", "other:static"] {
            assert!(schedule(bad).is_err(), "{bad}");
        }
        assert_eq!(stacksize("512"), Ok(512 << 10));
        assert_eq!(stacksize("4096 B"), Ok(4096));
        assert_eq!(stacksize("2m"), Ok(2 << 20));
        assert_eq!(stacksize("1 G"), Ok(1 << 30));
        for bad in ["", "K", "0", "-1", "1T", "1 KB", "99999999999999999999G", "17179869184G"] {
            assert!(stacksize(bad).is_err(), "{bad}");
        }
    }
}
