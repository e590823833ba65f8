//! Packs what Trunk built into one self-contained HTML file with its own content policy.
//!
//! The page has no second request to make: the wasm travels as base64 of gzip in a data block,
//! glue and start script stand inline, and the policy names exactly those scripts by their hash.
//! The same bytes are hosted (`index.html`) and handed out (`profilblik.html`).

mod machine;

use std::fs;
use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

/// The place that `pattern_script` of `Trunk.toml` leaves in the page; names glue and wasm.
const MARK: &str = "<script id=\"packed\"";
const START: &str = "start.js";
/// The only call of the glue that could make a request: it loads the wasm by URL.
const GLUE_FETCH: &str = "module_or_path = fetch(module_or_path);";
const GLUE_REFUSES: &str = "throw new TypeError('the module is handed over, never loaded');";

/// The only call of the start script: the self-check asks for an address that holds its own answer.
const START_FETCH: &str = "fetch(\"data:,\")";

/// What was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Bytes of the wasm module.
    pub wasm: usize,
    /// Bytes of the HTML file.
    pub html: usize,
    /// SHA-256 of the HTML file, 64 hexadecimal digits.
    pub sha256: String,
}

/// The parts of the page before packing.
struct Parts<'a> {
    html: &'a str,
    glue: &'a str,
    start: &'a str,
    wasm: &'a [u8],
}

/// Packs the folder that Trunk built: writes `index.html`, `profilblik.html`, `_headers` and
/// `SHA256SUMS`, and removes the parts. `fast` compresses less, for debug builds.
///
/// # Errors
/// A file is missing or cannot be written, or a part would break out of its place in the page.
pub fn run(folder: &Path, fast: bool) -> Result<Packed, String> {
    let html = text(&folder.join("index.html"))?;
    let (glue_name, wasm_name) = names(&html)?;
    let (glue, start) = (text(&folder.join(&glue_name))?, text(&folder.join(START))?);
    let wasm = fs::read(folder.join(&wasm_name)).map_err(|e| format!("{wasm_name}: {e}"))?;
    let wasm = machine::without_folder(wasm);
    let parts = Parts { html: &html, glue: &glue, start: &start, wasm: &wasm };
    let (page, policy) = page(&parts, fast)?;
    for name in ["index.html", "profilblik.html"] {
        write(&folder.join(name), page.as_bytes())?;
    }
    write(&folder.join("_headers"), headers(&policy).as_bytes())?;
    let sha256 = hex(&Sha256::digest(&page));
    let sums = format!("{sha256}  index.html\n{sha256}  profilblik.html\n");
    write(&folder.join("SHA256SUMS"), sums.as_bytes())?;
    for name in [&glue_name, &wasm_name, START] {
        fs::remove_file(folder.join(name)).map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(Packed { wasm: wasm.len(), html: page.len(), sha256 })
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// File names of glue and wasm from the mark.
fn names(html: &str) -> Result<(String, String), String> {
    let (_, mark) = html.split_once(MARK).ok_or("the page has no mark where to pack")?;
    let name = |attribute: &str| {
        let value = mark.split_once(attribute)?.1.split('"').next()?;
        Some(value.trim_start_matches("./").to_owned())
    };
    name("data-js=\"").zip(name("data-wasm=\"")).ok_or("the mark names no files".to_owned())
}

/// The packed page and its policy.
fn page(parts: &Parts<'_>, fast: bool) -> Result<(String, String), String> {
    let glue = glue(parts.glue)?;
    let (before, after) = parts.html.split_once(MARK).ok_or("the page has no mark")?;
    let (_, after) = after.split_once("</script>").ok_or("the mark is not closed")?;
    let start = start(parts.start)?;
    let policy = policy(&[&glue, &start], style(before)?);
    let build = build(&[before, &glue, &start], parts.wasm);
    let (head, rest) = before.split_once("<head>").ok_or("the page has no head")?;
    let wasm = STANDARD.encode(gzip(parts.wasm, fast)?);
    let page = format!(
        "{head}<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <meta name=\"build\" content=\"{build}\">{rest}\
         <script type=\"application/octet-stream\" id=\"wasm\">{wasm}</script>\n\
         <script id=\"glue\">{glue}</script>\n<script>{start}</script>{after}"
    );
    Ok((page, policy))
}

/// Fingerprint of everything that the page is made of: the page cannot hold that of itself.
fn build(texts: &[&str], wasm: &[u8]) -> String {
    let mut all = Sha256::new();
    texts.iter().for_each(|text| all.update(text));
    all.update(wasm);
    hex(&all.finalize()).chars().take(16).collect()
}

/// Without indentation and without the lines that are comments: some name addresses, which nobody is
/// to find in the page, and both are a third of the script. A script with text over several lines, in
/// which such a line could be text, stays as it is.
fn squeezed(script: &str) -> String {
    let goes_on = |line: &str| line.matches('`').count() % 2 == 1 || line.ends_with('\\');
    if script.lines().any(goes_on) {
        return script.to_owned();
    }
    let (mut out, mut described) = (String::with_capacity(script.len()), false);
    for line in script.lines().map(str::trim) {
        described |= line.starts_with("/**");
        if !described && !line.is_empty() && !line.starts_with("//") {
            out.extend([line, "\n"]);
        }
        described &= !line.ends_with("*/");
    }
    out
}

/// The glue without its only way to make a request.
fn glue(glue: &str) -> Result<String, String> {
    let found = glue.matches("fetch(").count();
    if found != 1 || !glue.contains(GLUE_FETCH) {
        return Err(format!("the glue calls fetch {found} times, one known call was expected"));
    }
    Ok(format!("\n{}", inline("glue", &squeezed(&glue.replace(GLUE_FETCH, GLUE_REFUSES)))?))
}

/// The start script, which may ask for nothing from elsewhere.
fn start(start: &str) -> Result<String, String> {
    if start.replace(START_FETCH, "").contains("fetch(") {
        return Err(format!("the start script may call {START_FETCH} and no other fetch"));
    }
    Ok(format!("\n{}", inline("start script", &squeezed(start))?))
}

/// Text that may stand between script tags as it is.
fn inline<'a>(what: &str, text: &'a str) -> Result<&'a str, String> {
    let lower = text.to_ascii_lowercase();
    match ["</script", "<script", "<!--", "\r"].iter().find(|bad| lower.contains(**bad)) {
        Some(bad) => Err(format!("the {what} contains {bad:?} and cannot stand inline")),
        None => Ok(text),
    }
}

/// Content of the one style element.
fn style(html: &str) -> Result<&str, String> {
    let mut styles = html.split("<style").skip(1);
    let (Some(style), None) = (styles.next(), styles.next()) else {
        return Err("the page must have exactly one style element".into());
    };
    let content = style.split_once('>').and_then(|(_, rest)| rest.split_once("</style>"));
    content.map(|(content, _)| content).ok_or_else(|| "the style element is not closed".into())
}

/// The content policy: nothing but these scripts, this style, and workers made by the page.
fn policy(scripts: &[&str], style: &str) -> String {
    let scripts: Vec<String> = scripts.iter().map(|script| source(script)).collect();
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; worker-src blob:; \
         img-src data: blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; \
         object-src 'none'",
        scripts.join(" "),
        source(style)
    )
}

/// A hash as the policy writes it.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Without name and time, so that two builds give the same bytes.
fn gzip(bytes: &[u8], fast: bool) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("gzip: {error}");
    if fast {
        let mut writer = GzBuilder::new().write(Vec::new(), Compression::fast());
        return writer.write_all(bytes).and_then(|()| writer.finish()).map_err(failed);
    }
    let mut packed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes, &mut packed)
        .map_err(failed)?;
    Ok(packed)
}

/// Headers for static hosts that read a `_headers` file. What a meta element cannot say
/// (`frame-ancestors`, `Connection-Allowlist`) stands here only.
fn headers(policy: &str) -> String {
    const OFF: [&str; 17] = [
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "serial",
        "usb",
        "xr-spatial-tracking",
    ];
    let off: Vec<String> = OFF.iter().map(|feature| format!("{feature}=()")).collect();
    format!(
        "/*\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n  \
         Connection-Allowlist: ()\n  Referrer-Policy: no-referrer\n  \
         X-Content-Type-Options: nosniff\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Cross-Origin-Embedder-Policy: require-corp\n  Permissions-Policy: {}\n  \
         Cache-Control: no-store\n  Strict-Transport-Security: max-age=31536000\n",
        off.join(", ")
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><style>p{color:red}\
        </style></head><body><script id=\"packed\" data-js=\"./app.js\" \
        data-wasm=\"./app_bg.wasm\"></script></body></html>";
    const GLUE: &str = "let a = 1;\nmodule_or_path = fetch(module_or_path);\n";

    fn packed(glue: &str, start: &str) -> Result<(String, String), String> {
        page(&Parts { html: HTML, glue, start, wasm: b"\0asm" }, false)
    }

    #[test]
    fn names_of_the_parts_come_from_the_mark() {
        assert_eq!(names(HTML), Ok(("app.js".into(), "app_bg.wasm".into())));
        assert!(names("<html></html>").is_err());
    }

    #[test]
    fn a_hash_is_the_one_browsers_ask_for() {
        // printf '' | openssl sha256 -binary | base64
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn policy_stands_first_and_names_every_inline_script() {
        let (page, policy) = packed(GLUE, "start()").unwrap();
        let head = page.split_once("<head>").unwrap().1;
        assert!(head.starts_with("<meta http-equiv=\"Content-Security-Policy\""));
        let scripts: Vec<&str> = page
            .split("<script")
            .skip(1)
            .filter(|script| !script.starts_with(" type=\"application/octet-stream\""))
            .map(|script| script.split_once('>').unwrap().1.split_once("</script>").unwrap().0)
            .collect();
        assert_eq!(scripts.len(), 2);
        for script in scripts {
            assert!(policy.contains(&source(script)), "{script}");
        }
        assert!(policy.contains(&source("p{color:red}")));
        assert!(!page.contains("id=\"packed\""));
    }

    #[test]
    fn wasm_comes_back_from_the_data_block() {
        let (page, _) = packed(GLUE, "").unwrap();
        let block = page.split_once("id=\"wasm\">").unwrap().1.split_once('<').unwrap().0;
        let mut wasm = Vec::new();
        let zipped = STANDARD.decode(block).unwrap();
        std::io::copy(&mut flate2::read::GzDecoder::new(&zipped[..]), &mut wasm).unwrap();
        assert_eq!(wasm, b"\0asm");
    }

    #[test]
    fn no_request_is_left_and_an_unknown_one_stops_the_build() {
        assert!(!packed(GLUE, "").unwrap().0.contains("fetch("));
        assert!(packed("let a = 1;", "").is_err());
        assert!(packed(&format!("{GLUE}fetch('x')"), "").is_err());
        assert!(packed(GLUE, "fetch(\"data:,\")").is_ok());
        assert!(packed(GLUE, "fetch(\"data:,\" + a)").is_err());
    }

    #[test]
    fn comments_and_indentation_go_unless_they_could_be_text() {
        let script = "a;\n  // b\n\n/** c\n * d\n */\n  e; // f\n    /** g */\n\th * i\n* j;\n";
        assert_eq!(squeezed(script), "a;\ne; // f\nh * i\n* j;\n");
        for text in ["a = `\n// b\n`;\n", "a = 'b\\\n// c';\n"] {
            assert_eq!(squeezed(text), text);
        }
    }

    #[test]
    fn a_script_that_would_end_its_element_stops_the_build() {
        assert!(packed(GLUE, "'</SCRIPT>'").is_err());
        assert!(packed(GLUE, "'<!--'").is_err());
    }

    #[test]
    fn packing_twice_gives_the_same_bytes() {
        assert_eq!(packed(GLUE, "start()").unwrap(), packed(GLUE, "start()").unwrap());
    }
}
