//! The environment through child processes: each variable good, bad and empty, under both prefixes.

use super::*;
use crate::binding;
use crate::testing::{child, in_child};

/// Prints all settings; what it says is looked at by the others.
#[test]
fn shows_its_settings() {
    if in_child() {
        display_env();
    }
}

fn shown(settings: &[(&str, &str)]) -> String {
    let out = child("config::tests::shows_its_settings", settings);
    assert!(out.success, "{}", out.stderr);
    out.stderr
}

#[test]
fn each_variable_good_bad_and_empty_under_both_prefixes() {
    let procs = num_procs().to_string();
    let bind = if binding::UNAVAILABLE.is_some() { "false" } else { "spread,close" };
    // Variable, good value, as shown, bad value, default.
    let table = [
        ("NUM_THREADS", "4, 2", "4,2", "4,none", procs.as_str()),
        ("THREAD_LIMIT", "7", "7", "0", "none"),
        ("NESTED", "TRUE", "true", "1", "false"),
        ("MAX_ACTIVE_LEVELS", "3", "3", "-1", "1"),
        ("SCHEDULE", "guided,8", "guided,8", "fastest", "static"),
        ("DYNAMIC", "true", "true", "maybe", "false"),
        ("WAIT_POLICY", "PASSIVE", "passive", "lazy", "adaptive"),
        ("PROC_BIND", bind, bind, "left", "false"),
        ("STACKSIZE", "4M", "4194304B", "4X", "the platform's"),
    ];
    for (name, good, value, bad, default) in table {
        let (pymp, omp) = (format!("PYMP_{name}"), format!("OMP_{name}"));
        let line = |value: &str, origin: &str| format!("\n  {name} = '{value}' [{origin}]\n");
        let holds = |settings: &[(&str, &str)], value: &str, origin: &str, complaints: usize| {
            let text = shown(settings);
            assert!(text.contains(&line(value, origin)), "{settings:?}: {text}");
            let said: Vec<_> = text.lines().filter(|line| line.starts_with("pymp: ")).collect();
            assert_eq!(said.len(), complaints, "{settings:?}: {said:?}");
            for ((name, text), said) in settings.iter().zip(said) {
                assert!(said.contains(&format!("{name}={text:?}")), "{said}");
            }
        };
        holds(&[], default, "default", 0);
        for variable in [&pymp, &omp] {
            holds(&[(variable, good)], value, variable, 0);
            for wrong in [bad, ""] {
                holds(&[(variable, wrong)], default, "default", 1);
            }
        }
        holds(&[(&pymp, good), (&omp, bad)], value, &pymp, 0);
        holds(&[(&pymp, bad), (&omp, good)], value, &omp, 1);
        holds(&[(&pymp, bad), (&omp, "")], default, "default", 2);
    }
}

#[test]
fn depth_allows_nesting_unless_it_is_said_otherwise() {
    let text = shown(&[("OMP_MAX_ACTIVE_LEVELS", "2")]);
    assert!(text.contains("NESTED = 'true' [default]"), "{text}");
    let text = shown(&[("OMP_MAX_ACTIVE_LEVELS", "2"), ("OMP_NESTED", "false")]);
    assert!(text.contains("NESTED = 'false'") && text.contains("MAX_ACTIVE_LEVELS = '1'"), "{text}");
}

/// Asks for something, so that the environment is read.
#[test]
fn reads_its_settings() {
    if in_child() {
        assert!(num_threads_at(0) > 0);
        assert!(num_threads_at(9) > 0);
    }
}

#[test]
fn display_env_shows_all_at_the_start() {
    for (value, shown) in [("true", true), ("verbose", true), ("false", false), ("loud", false)] {
        let out = child("config::tests::reads_its_settings", &[("OMP_DISPLAY_ENV", value)]);
        assert!(out.success, "{}", out.stderr);
        assert_eq!(out.stderr.contains("PYMP DISPLAY ENVIRONMENT BEGIN\n"), shown, "{}", out.stderr);
        assert_eq!(out.stderr.contains(r#"ignoring OMP_DISPLAY_ENV="loud""#), value == "loud", "{}", out.stderr);
    }
}

#[test]
fn setters_hold_or_refuse() {
    if !in_child() {
        let out = child("config::tests::setters_hold_or_refuse", &[("PYMP_NUM_THREADS", "3,2")]);
        assert!(out.success, "{}", out.stderr);
        assert!(out.stderr.contains("THREAD_LIMIT = '5' [set by the program]"), "{}", out.stderr);
        return;
    }
    assert_eq!((num_threads(), num_threads_at(0), num_threads_at(1), num_threads_at(7)), (vec![3, 2], 3, 2, 2));
    set_num_threads(6).unwrap();
    assert_eq!(crate::max_threads(), 6);
    set_num_threads([4, 5]).unwrap();
    set_num_threads([4, 5].as_slice()).unwrap();
    assert!(set_num_threads([4, 0]).is_err());
    assert!(set_num_threads(vec![]).is_err());
    assert_eq!((num_threads(), crate::max_threads()), (vec![4, 5], 4));
    set_thread_limit(2).unwrap();
    assert_eq!((crate::max_threads(), crate::thread_limit()), (2, 2));
    assert!(set_thread_limit(0).is_err());
    set_thread_limit(None).unwrap();
    assert_eq!((thread_limit(), crate::thread_limit()), (None, usize::MAX));
    set_thread_limit(5).unwrap();
    set_nested(true).unwrap();
    assert_eq!((nested(), max_active_levels()), (Nested::Allow, usize::MAX));
    set_nested(Nested::Deny).unwrap();
    set_max_active_levels(3).unwrap();
    assert_eq!((nested(), max_active_levels()), (Nested::Deny, 1));
    set_nested(false).unwrap();
    set_max_active_levels(3).unwrap();
    assert_eq!((nested(), max_active_levels()), (Nested::Allow, 3));
    assert!(set_schedule(Schedule::Runtime).is_err());
    assert_eq!(set_schedule("dynmic").unwrap_err().to_string(), "dynmic".parse::<Schedule>().unwrap_err().to_string());
    set_schedule("guided,3").unwrap();
    assert_eq!(schedule(), Schedule::guided(3));
    set_schedule(Schedule::Auto).unwrap();
    assert_eq!(schedule(), Schedule::Auto);
    set_dynamic(true).unwrap();
    set_wait_policy(WaitPolicy::Active).unwrap();
    assert_eq!((dynamic(), wait_policy()), (true, WaitPolicy::Active));
    match (set_proc_bind(ProcBind::Spread), binding::UNAVAILABLE) {
        (Ok(()), None) => assert_eq!(proc_bind(), ProcBind::Spread),
        (refused, why) => assert_eq!(refused.unwrap_err().to_string(), format!("proc_bind must be {}", why.unwrap())),
    }
    set_wait_policy("Passive").unwrap();
    set_nested("deny").unwrap();
    assert_eq!((nested(), wait_policy()), (Nested::Deny, WaitPolicy::Passive));
    set_nested("allow").unwrap();
    assert_eq!(set_proc_bind("spread, close").is_ok(), binding::UNAVAILABLE.is_none());
    set_proc_bind("false").unwrap();
    assert_eq!(proc_bind(), ProcBind::False);
    assert_eq!(
        set_nested("maybe").unwrap_err().to_string(),
        "unknown word for nesting \"maybe\": it is true (or allow), false (or serialize), or deny"
    );
    assert_eq!(
        set_wait_policy("lazy").unwrap_err().to_string(),
        "unknown wait policy \"lazy\": it is active, passive or adaptive"
    );
    assert_eq!(
        set_proc_bind("far").unwrap_err().to_string(),
        "unknown binding \"far\": it is true, false, primary, close or spread"
    );
    assert!(set_proc_bind("true,close").is_err());
    set_proc_bind(ProcBind::False).unwrap();
    assert!(set_stacksize(0).is_err());
    set_stacksize(1 << 22).unwrap();
    assert_eq!(stacksize(), Some(1 << 22));
    display_env();
}
