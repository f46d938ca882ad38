//! Numbers as people read them, and tables of Markdown.

/// A number with a comma for every thousand.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A time with three digits that say something.
pub(crate) fn duration(micros: f64) -> String {
    match micros {
        micros if micros >= 1e6 => format!("{} s", three_digits(micros / 1e6)),
        micros if micros >= 1e3 => format!("{} ms", three_digits(micros / 1e3)),
        micros => format!("{} µs", three_digits(micros)),
    }
}

/// How many times as much, with two digits that say something.
pub(crate) fn times(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.1}×") } else { format!("{}×", three_digits(ratio)) }
}

/// A number with three digits that say something.
pub(crate) fn three_digits(number: f64) -> String {
    match number {
        number if number >= 999.5 => count(format!("{number:.0}").parse().unwrap_or_default()),
        number if number >= 99.95 => format!("{number:.0}"),
        number if number >= 9.995 => format!("{number:.1}"),
        number => format!("{number:.2}"),
    }
}

/// A table of Markdown: the first column is text, the others are numbers.
pub(crate) fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let rule = format!("| --- {}|", "| ---: ".repeat(head.len().saturating_sub(1)));
    let lines = [line(head), rule].into_iter().chain(rows.iter().map(|row| line(row)));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{count, duration, table, times};

    #[test]
    fn numbers_have_the_digits_that_say_something() {
        let table = [
            (0.123, "0.12 µs"),
            (1.234, "1.23 µs"),
            (12.34, "12.3 µs"),
            (123.4, "123 µs"),
            (1_234.0, "1.23 ms"),
            (12_345_678.0, "12.3 s"),
            (5_000_000_000.0, "5,000 s"),
        ];
        for (micros, text) in table {
            assert_eq!(duration(micros), text);
        }
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0.52, 9.96, 123.4].map(times), ["0.5×", "10.0×", "123×"]);
    }

    #[test]
    fn a_table_has_a_rule_below_its_head() {
        let cells = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = table(&cells(["what", "µs"]), &[cells(["one", "1"])]);
        assert_eq!(text, "| what | µs |\n| --- | ---: |\n| one | 1 |");
    }
}
