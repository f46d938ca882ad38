//! What the guide shows is so.

use tagmata_sql::Mapping;

#[test]
fn the_mappings_of_the_guide_are_read() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sql.md")).unwrap();
    let blocks: Vec<&str> =
        guide.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 1);
    for block in blocks {
        let mapping = Mapping::from_json(block).unwrap_or_else(|error| panic!("{error}\n{block}"));
        assert_eq!(Mapping::from_json(&mapping.to_json()).unwrap(), mapping);
    }
}
