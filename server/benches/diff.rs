//! Edits and comparisons: `cargo bench -p server --bench diff`.

#![expect(missing_docs, reason = "criterion writes a public function without documentation")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use server::{render, sample};

/// A megabyte made of the sample designs, with every n-th word changed; every word when n is 1.
fn texts(every: usize) -> (String, String) {
    let one: String = sample::designs().iter().map(|design| design.markdown).collect();
    let from = one.repeat(1_000_000 / one.len() + 1);
    let words =
        from.split(' ').enumerate().map(|(index, word)| if index % every == every - 1 { format!("{word}x") } else { word.to_owned() });
    let to = words.collect::<Vec<_>>().join(" ");
    (from, to)
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("1 MB");
    group.sample_size(10);
    for (name, every) in [("one word in 25 changed", 25), ("every word changed", 1)] {
        let (from, to) = texts(every);
        let edits = render::edits(&from, &to).len();
        group.bench_function(format!("edits, {name} ({edits} edits)"), |b| b.iter(|| render::edits(black_box(&from), black_box(&to))));
        group.bench_function(format!("compare, {name}"), |b| b.iter(|| render::compare(black_box(&from), black_box(&to))));
    }
    group.finish();
}

criterion_group!(diff_benches, benches);
criterion_main!(diff_benches);
