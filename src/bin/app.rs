//! The page and its worker: the same module started twice (see `profilblik::web`).
fn main() {
    profilblik::web::start();
}
