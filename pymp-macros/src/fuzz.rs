//! Real functions and loops, broken at random, and words at random: no macro panics, none hangs, and what comes out is Rust again.
//!
//! `PYMP_FUZZ=100000 cargo test -p pymp-macros fuzz` runs so many rounds instead of a few. The same rounds come every time;
//! others with `PYMP_SEED=7`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{File, Stmt};

use crate::{parse, pipeline};

/// What a macro is given.
#[derive(Clone)]
struct Case {
    kind: Kind,
    clauses: TokenStream,
    input: TokenStream,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Attribute,
    ParallelFor,
    Region,
}

impl Case {
    fn expand(&self) -> TokenStream {
        match self.kind {
            Kind::Attribute => pipeline::attribute(self.clauses.clone(), self.input.clone()),
            Kind::ParallelFor => pipeline::invocation(self.input.clone()),
            Kind::Region => pipeline::region_call(self.input.clone()),
        }
    }

    /// Expanded it must be Rust again: when nothing was refused, and when what the attribute stood on was an item or a statement.
    fn judge(&self) {
        let out = self.expand();
        let accepted = ["compile_error", "__pymp_cannot_read_this"].iter().all(|refusal| !out.to_string().contains(refusal));
        let (reads, was_rust) = match self.kind {
            Kind::Attribute => (is_rust(&out), syn::parse2::<Stmt>(self.input.clone()).is_ok()),
            Kind::ParallelFor => (is_rust(&quote!(fn f() { #out })), true),
            // A word alone, `|p| crate`, is an expression for `syn` and no statement.
            Kind::Region => (is_rust(&quote!(fn f() { #out })), is_rust(&parse::region_parts(self.input.clone()).2)),
        };
        if accepted || was_rust {
            assert!(reads, "not Rust: {out}\nfrom {:?} ({}) {}", self.kind, self.clauses, self.input);
        }
    }
}

/// Items, statements, or what stands in an impl: `default fn`.
fn is_rust(tokens: &TokenStream) -> bool {
    let places = [quote!(#tokens), quote!(fn f() { #tokens }), quote!(impl S { #tokens })];
    places.into_iter().any(|place| syn::parse2::<File>(place).is_ok())
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from((u128::from(self.0 >> 11) * n as u128) >> 53).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        all.get(self.below(all.len())).expect("there are some")
    }
}

/// The repository's programs, or nothing where only this crate is.
fn programs() -> Vec<TokenStream> {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => files(&path, found),
                path if path.extension().is_some_and(|extension| extension == "rs") => found.push(path),
                _ => {}
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    ["examples", "tests"].iter().for_each(|folder| files(&root.join(folder), &mut found));
    found.sort();
    found.iter().filter_map(|path| fs::read_to_string(path).ok()?.parse().ok()).collect()
}

/// Every `#[parallel(..)]` with what follows up to a `}`, and every `parallel_for!(..)` and `region!(..)`.
fn cases(tokens: &TokenStream, found: &mut Vec<Case>) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, window) in trees.windows(3).enumerate() {
        match window {
            [TokenTree::Punct(hash), TokenTree::Group(brackets), _] if hash.as_char() == '#' => {
                let mut inner = brackets.stream().into_iter();
                let named = matches!(inner.next(), Some(TokenTree::Ident(word)) if word == "parallel");
                let clauses = inner.next().map(|tree| if let TokenTree::Group(list) = tree { list.stream() } else { quote!() });
                let rest = || trees.iter().skip(at + 2);
                let is_end = |tree: &&TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                if let (true, Some(end)) = (named, rest().position(|tree| is_end(&tree))) {
                    let input = rest().take(end + 1).cloned().collect();
                    found.push(Case { kind: Kind::Attribute, clauses: clauses.unwrap_or_default(), input });
                }
            }
            [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group)] if bang.as_char() == '!' => {
                let kind = match name.to_string().as_str() {
                    "parallel_for" => Kind::ParallelFor,
                    "region" => Kind::Region,
                    _ => continue,
                };
                found.push(Case { kind, clauses: quote!(), input: group.stream() });
            }
            _ => {}
        }
    }
    for tree in trees {
        if let TokenTree::Group(group) = tree {
            cases(&group.stream(), found);
        }
    }
}

/// One tree taken out, doubled, put elsewhere, changed for another or opened, here or further inside.
fn broken(tokens: &TokenStream, words: &[TokenTree], dice: &mut Dice) -> TokenStream {
    let mut trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    if trees.is_empty() {
        return dice.of(words).clone().into();
    }
    let at = dice.below(trees.len());
    if let Some(TokenTree::Group(group)) = trees.get(at)
        && dice.below(5) > 0
    {
        let inner = broken(&group.stream(), words, dice);
        *trees.get_mut(at).unwrap() = Group::new(group.delimiter(), inner).into();
        return trees.into_iter().collect();
    }
    match dice.below(8) {
        0 => drop(trees.remove(at)),
        1 => trees.insert(at, trees.get(at).unwrap().clone()),
        2 => {
            let other = dice.below(trees.len());
            trees.swap(at, other);
        }
        3 => *trees.get_mut(at).unwrap() = dice.of(words).clone(),
        4 => trees.insert(at, dice.of(words).clone()),
        5 => trees.truncate(at),
        6 => drop(trees.drain(..at)),
        _ => {
            let delimiter = *dice.of(&[Delimiter::Brace, Delimiter::Bracket, Delimiter::Parenthesis, Delimiter::None]);
            match trees.remove(at) {
                TokenTree::Group(group) if dice.below(2) == 0 => drop(trees.splice(at..at, group.stream())),
                TokenTree::Group(group) => trees.insert(at, Group::new(delimiter, group.stream()).into()),
                other => trees.insert(at, Group::new(delimiter, other.into()).into()),
            }
        }
    }
    trees.into_iter().collect()
}

/// Words of the language and of ours.
fn words() -> Vec<TokenTree> {
    let all = quote! {
        for in i y sum x 0..n #[parallel] #[cfg(unix)] #![allow(unused)] {} () [] y[i] y[i] += 1; sum += y[i]; let mut if match while
        loop fn impl mod struct trait async await move return break continue yield 'a 'outer: ? . , ; : :: => -> = == += - * & && | || !
        .. ..= @ # $ self Self super crate r#type ref dyn unsafe const static use as _ 1 1u8 1.5 "static,8" 'c' true num_threads = 4
        schedule(dynamic, 64) chunk(0) reduction(+: sum) reduction(append: v) private(x = 3) firstprivate(x) lastprivate(x) shared(x)
        default(none) collapse = 2 chunks(y, n) atomic(y) scatter(y) reproducible ordered ordered!({ y[0] = 1; }) min_chunk(2) owned(y)
        parallel_for!(for i in 0..3 {}) region!(|p| {}) println!("{x}") |a| a + 1 Some(x) x.max(y) (i, j) [i, j] -3 99999999999999999999999
    };
    let mut trees: Vec<TokenTree> = all.into_iter().collect();
    trees.push(Group::new(Delimiter::None, quote!(a + b)).into());
    trees
}

/// Runs `rounds` in a thread and fails when they take too long.
fn watched(rounds: impl FnOnce() + Send + 'static) {
    let (sender, ended) = mpsc::channel();
    // Deep nesting asks for a deep stack, here as in the compiler.
    let rounds = thread::Builder::new().stack_size(64 << 20).spawn(move || {
        rounds();
        sender.send(()).unwrap();
    });
    let limit = 600 + u64::try_from(self::rounds()).unwrap() / 50;
    match ended.recv_timeout(Duration::from_secs(limit)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("a macro hangs"),
        _ => rounds.unwrap().join().unwrap(),
    }
}

fn rounds() -> usize {
    number("PYMP_FUZZ").unwrap_or(2000)
}

/// `first` is that of the rounds that come every time.
fn dice(first: u64) -> Dice {
    Dice(first + 10 * number("PYMP_SEED").unwrap_or(0) as u64)
}

fn number(name: &str) -> Option<usize> {
    env::var(name).ok().map(|number| number.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn real_code_as_it_is_and_broken() {
    watched(|| {
        let mut found = Vec::new();
        programs().iter().for_each(|program| cases(program, &mut found));
        if found.is_empty() {
            eprintln!("passed over: the programs of the repository are not here");
            return;
        }
        assert!(found.len() > 500, "only {} cases in the programs", found.len());
        found.iter().for_each(Case::judge);
        let (mut dice, words) = (dice(1), words());
        for _ in 0..rounds() {
            let mut case = dice.of(&found).clone();
            for _ in 0..=dice.below(4) {
                match dice.below(4) {
                    0 => case.clauses = broken(&case.clauses, &words, &mut dice),
                    _ => case.input = broken(&case.input, &words, &mut dice),
                }
            }
            case.judge();
        }
    });
}

#[test]
fn words_at_random() {
    watched(|| {
        let (mut dice, words) = (dice(2), words());
        let mut some = |most: usize| -> TokenStream {
            let count = dice.below(most);
            (0..count).map(|_| dice.of(&words).clone()).collect()
        };
        for _ in 0..rounds() {
            let (clauses, inside, before) = (some(6), some(12), some(3));
            for input in
                [quote!(#before for i in 0..n { #inside }), quote!(#before fn f(y: &mut [u8]) { #inside }), inside.clone()]
            {
                Case { kind: Kind::Attribute, clauses: clauses.clone(), input }.judge();
            }
            Case { kind: Kind::ParallelFor, clauses: quote!(), input: quote!(#clauses, for i in 0..n { #inside }) }.judge();
            Case { kind: Kind::ParallelFor, clauses: quote!(), input: inside.clone() }.judge();
            Case { kind: Kind::Region, clauses: quote!(), input: quote!(#clauses, |p| { #inside }) }.judge();
            pipeline::ordered(inside);
        }
    });
}
