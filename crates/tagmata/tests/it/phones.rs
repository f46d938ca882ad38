//! Phone numbers of every country, against Google's libphonenumber in another port.

use tagmata::Phone;

#[test]
fn numbers_of_every_country_read_as_the_reference_reads_them() {
    let table = include_str!("../data/phones.tsv");
    let (mut numbers, mut differences) = (0, Vec::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [country, dialled, e164, assigned] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let found = match Phone::parse(dialled, Some(country.parse().unwrap())) {
            Ok(phone) => (phone.e164().to_owned(), if phone.is_assigned() { "yes" } else { "no" }),
            Err(_) => ("-".to_owned(), "no"),
        };
        numbers += 1;
        if found != (e164.to_owned(), assigned) {
            differences.push(format!("{country} {dialled}: {found:?}, the reference has {e164} {assigned}"));
        }
    }
    assert!(numbers > 4_000, "only {numbers} numbers");
    assert!(differences.is_empty(), "{} of {numbers} differ:\n{}", differences.len(), differences.join("\n"));
}
