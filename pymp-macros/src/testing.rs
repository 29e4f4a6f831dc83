//! A loop with clauses, from the words of a test.

use proc_macro2::Ident;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, ExprForLoop, Member, Path, Token, parenthesized};

use crate::directive::{
    Chunked, Clause, Clauses, CollapseArg, LoopDirective, Place, Private, PrivateKind, Reduced,
    ReductionOp,
};

/// `clauses` are separated by commas; only the forms the analysis looks at.
pub(crate) fn directive(clauses: &str, each: &str) -> LoopDirective {
    let parsed = clauses_of.parse_str(clauses).and_then(|clauses| {
        let each = syn::parse_str::<ExprForLoop>(each)?;
        Ok(LoopDirective { clauses, each })
    });
    match parsed {
        Ok(directive) => directive,
        Err(error) => unreachable!("the test `{clauses}` `{each}` is no loop: {error}"),
    }
}

fn clauses_of(input: ParseStream<'_>) -> syn::Result<Clauses> {
    let mut clauses = Clauses::default();
    while !input.is_empty() {
        let key: Ident = Ident::parse(input).or_else(|_| {
            let word: Token![default] = input.parse()?;
            Ok::<_, syn::Error>(Ident::new("default", word.span))
        })?;
        clause(&mut clauses, key, input)?;
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(clauses)
}

fn clause(clauses: &mut Clauses, key: Ident, input: ParseStream<'_>) -> syn::Result<()> {
    let word = key.to_string();
    if word == "collapse" {
        input.parse::<Token![=]>()?;
        let depth: syn::LitInt = input.parse()?;
        let value = CollapseArg {
            depth: depth.base10_parse().ok(),
            span: depth.span(),
        };
        clauses.collapse = Some(Clause { key, value });
        return Ok(());
    }
    let inside;
    parenthesized!(inside in input);
    match word.as_str() {
        "default" => {
            inside.parse::<Ident>()?;
            clauses.default_none = Some(Clause { key, value: () });
        }
        "reduction" => {
            let op = op(&inside)?;
            inside.parse::<Token![:]>()?;
            clauses.reductions.push(Clause {
                key,
                value: Reduced {
                    op,
                    place: place(&inside)?,
                },
            });
        }
        "private" | "firstprivate" | "lastprivate" => {
            let kind = match word.as_str() {
                "private" => PrivateKind::Default,
                "firstprivate" => PrivateKind::First,
                _ => PrivateKind::Last,
            };
            clauses.privates.push(Clause {
                key,
                value: Private {
                    kind,
                    name: inside.parse()?,
                },
            });
        }
        "chunks" => {
            let place = place(&inside)?;
            inside.parse::<Token![,]>()?;
            let size: Expr = inside.parse()?;
            clauses.chunks.push(Clause {
                key,
                value: Chunked { place, size },
            });
        }
        _ => {
            let list = match word.as_str() {
                "owned" => &mut clauses.owned,
                "atomic" => &mut clauses.atomic,
                "scatter" => &mut clauses.scatter,
                _ => &mut clauses.shared,
            };
            list.push(Clause {
                key,
                value: place(&inside)?,
            });
        }
    }
    Ok(())
}

fn place(input: ParseStream<'_>) -> syn::Result<Place> {
    let root = if input.peek(Token![self]) {
        let word: Token![self] = input.parse()?;
        Ident::new("self", word.span)
    } else {
        input.parse()?
    };
    let mut fields = Vec::new();
    while input.parse::<Option<Token![.]>>()?.is_some() {
        fields.push(Member::parse(input)?);
    }
    Ok(Place { root, fields })
}

fn op(input: ParseStream<'_>) -> syn::Result<ReductionOp> {
    let at = input.span();
    if input.peek(Token![&&]) {
        return input.parse::<Token![&&]>().map(|_| ReductionOp::And(at));
    }
    if input.peek(Token![||]) {
        return input.parse::<Token![||]>().map(|_| ReductionOp::Or(at));
    }
    let signs: [(&str, fn(proc_macro2::Span) -> ReductionOp); 6] = [
        ("+", ReductionOp::Add),
        ("-", ReductionOp::Sub),
        ("*", ReductionOp::Mul),
        ("&", ReductionOp::BitAnd),
        ("|", ReductionOp::BitOr),
        ("^", ReductionOp::BitXor),
    ];
    if let Ok(punct) = input.parse::<proc_macro2::Punct>() {
        let sign = punct.as_char().to_string();
        let found = signs.iter().find(|(word, _)| *word == sign);
        return found
            .map(|(_, make)| make(at))
            .ok_or_else(|| syn::Error::new(at, "no operator"));
    }
    let path: Path = input.parse()?;
    let word = path
        .get_ident()
        .map(ToString::to_string)
        .unwrap_or_default();
    Ok(match word.as_str() {
        "min" => ReductionOp::Min(at),
        "max" => ReductionOp::Max(at),
        "append" => ReductionOp::Append(at),
        _ => ReductionOp::Own(path),
    })
}
