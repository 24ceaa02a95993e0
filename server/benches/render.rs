//! Markdown to HTML, and sections: `cargo bench -p server --bench render`.

#![expect(missing_docs, reason = "criterion writes a public function without documentation")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use server::{render, sample};

/// A document of about this many bytes, made of the sample designs.
fn document(bytes: usize) -> String {
    sample::designs()
        .iter()
        .cycle()
        .map(|design| design.markdown)
        .scan(0, |length, text| {
            let before = *length;
            *length += text.len();
            (before < bytes).then_some(text)
        })
        .collect()
}

fn benches(c: &mut Criterion) {
    for (name, bytes) in [("50 KB", 50_000), ("1 MB", 1_000_000)] {
        let text = document(bytes);
        let mut group = c.benchmark_group(name);
        group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("document", |b| b.iter(|| render::document(black_box(&text))));
        group.bench_function("sections", |b| b.iter(|| render::sections(black_box(&text)).len()));
        group.finish();
    }
    let nested = "> ".repeat(100_000);
    c.bench_function("100,000 nested quotes", |b| b.iter(|| render::document(black_box(&nested))));
}

criterion_group!(render_benches, benches);
criterion_main!(render_benches);
