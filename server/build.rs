//! Makes what the build refers to and a clean checkout has not: the folder of built assets and its stamp, which packing writes anew.

use std::{fs, io};

fn main() -> io::Result<()> {
    // sqlx embeds the migrations; without this a new one would not be noticed.
    println!("cargo:rerun-if-changed=../migrations");
    println!("cargo:rerun-if-changed=build.rs");
    fs::create_dir_all("../target/site/pkg")?;
    if !fs::exists("../target/site.stamp")? {
        fs::write("../target/site.stamp", "nothing is packed yet\n")?;
    }
    Ok(())
}
