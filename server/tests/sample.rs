//! The sample team and the templates are the first texts that anybody reads: they must be what the product says about itself.

use server::{render, sample, templates};

#[test]
fn every_sample_shows_tables_code_a_diagram_and_an_architecture() {
    for design in sample::designs() {
        for text in [Some(design.markdown), design.revised].into_iter().flatten() {
            let html = render::document(text).html;
            for part in ["<table", "<code class=\"language-", "class=\"mermaid-source\"", "language-architecture"] {
                assert!(html.contains(part), "{}: {part}", design.title);
            }
            assert_eq!(render::proposed_title(text).as_deref(), Some(design.title));
        }
    }
}

#[test]
fn every_thread_is_on_a_passage_that_is_there_once() {
    for design in sample::designs() {
        for thread in design.threads {
            assert_eq!(design.newest().matches(thread.quote).count(), 1, "{}: {}", design.title, thread.quote);
            assert!(!thread.comments.is_empty());
        }
    }
}

#[test]
fn what_is_revised_differs_in_a_few_places() {
    for design in sample::designs() {
        if let Some(revised) = design.revised {
            let places = render::compare(design.markdown, revised).places;
            assert!((5..60).contains(&places), "{}: {places}", design.title);
        }
    }
}

#[test]
fn templates_have_names_of_their_own_and_are_found_by_them() {
    for template in templates::all() {
        assert_eq!(templates::find(template.key), Some(template));
    }
    assert!(templates::find("nothing").is_none());
    assert!(templates::all().iter().any(|template| template.text.contains("```architecture")));
}
