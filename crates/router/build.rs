//! Turns `providers/*.yaml` into one JSON array, so that the binary starts without reading YAML.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo gives a build script its folders this way alone"
)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=providers");
    // Asked when it runs: a script that was compiled for another folder must not read that one.
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let mut manifests = Vec::new();
    for path in manifest_paths(&root.join("providers"))? {
        manifests.push(read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    fs::write(out.join("providers.json"), serde_json::to_vec(&manifests)?)?;
    Ok(())
}

/// Sorted, so that the same sources always make the same binary.
fn manifest_paths(dir: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    Ok(serde_saphyr::from_str(&fs::read_to_string(path)?)?)
}
