use super::*;

fn sheet(rows: &str) -> Result<Sheet, Fault> {
    let strings = "<sst><si><t>delt</t></si><si><t>_x000D_ord</t></si></sst>";
    let styles = "<s><cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs></s>";
    let mut shared = Shared {
        strings: Strings::read(&mut strings.as_bytes(), &mut 1000)?,
        styles: Styles::read(&mut styles.as_bytes(), &mut 1000)?,
        from_1904: false,
        cells_left: 20,
    };
    let xml = format!("<x:worksheet><x:sheetData>{rows}</x:sheetData></x:worksheet>");
    read(&mut xml.as_bytes(), &mut 100_000, &mut shared)
}

fn text(rows: &str) -> String {
    String::from_utf8(sheet(rows).unwrap().text).unwrap()
}

#[test]
fn every_kind_of_cell() {
    assert_eq!(
        text(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>6.8</v></c><c r=\"C1\" s=\"1\"><v>45657</v></c>\
             <c r=\"D1\" t=\"b\"><v>1</v></c><c r=\"E1\" t=\"str\"><f>A1&amp;\"x\"</f><v>delt;x</v></c>\
             <c r=\"F1\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c>\
             <c r=\"G1\" t=\"d\"><v>2024-12-31T00:00:00</v></c><c r=\"H1\" s=\"2\"><v>0.5</v></c>\
             <c r=\"I1\" t=\"s\"><v>1</v></c></row>"
        ),
        "delt;6,8;2024-12-31;SAND;\"delt;x\";inline;2024-12-31;50 %;\" ord\"\n"
    );
}

#[test]
fn places_stated_and_left_out() {
    assert_eq!(
        text("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
        "1;2\n3;\n"
    );
    assert_eq!(text("<row r=\"3\"><c r=\"C3\"><v>1</v></c><c><v>2</v></c></row>"), "\n\n;;1;2\n");
    assert_eq!(text("<row><c r=\"A4\"><v>1</v></c></row>"), "\n\n\n1\n");
    assert_eq!(text("<row r=\"2\"/><row r=\"5\"><c r=\"A5\" s=\"1\"/></row>"), "");
}

#[test]
fn what_is_counted() {
    let sheet = sheet(
        "<row hidden=\"1\"><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c><v>1</v></c><c><f>A1</f></c>\
         <c t=\"str\"><f>B1</f><v></v></c></row><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>",
    )
    .unwrap();
    assert_eq!(String::from_utf8(sheet.text).unwrap(), ";1\n");
    let counts = (sheet.errors, sheet.uncalculated, sheet.merged, sheet.hidden_rows);
    assert_eq!(counts, (1, 1, 1, 1));
}

#[test]
fn what_no_sheet_has() {
    let fault = |rows: &str| sheet(rows).err();
    let cell = |place: &str| format!("<row><c r=\"{place}\"><v>1</v></c></row>");
    assert_eq!(fault(&cell("XFD1048576")), None);
    assert_eq!(fault(&cell("XFE1")), Some(Fault::TooFar));
    assert_eq!(fault(&cell("A1048577")), Some(Fault::TooFar));
    assert_eq!(fault("<row r=\"1048577\"/>"), Some(Fault::TooFar));
    for place in ["A0", "A", "1", "Å1", "AAAAAAAAA1", "A99999999"] {
        assert_eq!(fault(&cell(place)), Some(Fault::Broken), "{place}");
    }
    assert_eq!(fault("<row r=\"0\"/>"), Some(Fault::Broken));
    assert_eq!(fault("<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>"), Some(Fault::Broken));
    assert_eq!(
        fault("<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>1</v></c></row>"),
        Some(Fault::Broken)
    );
    assert_eq!(fault("<row><c t=\"s\"><v>7</v></c></row>"), Some(Fault::Broken));
    let cells = |count| fault(&format!("<row>{}</row>", "<c/>".repeat(count)));
    assert_eq!((cells(20), cells(21)), (None, Some(Fault::TooManyCells(5_000_001))));
}
