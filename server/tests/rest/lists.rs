//! A team's designs as programs list them.

use std::collections::HashSet;

use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::common::Answer;
use crate::program::World;

/// Designs of Ada's, many of one instant: every third is accepted, the last ten are archived.
async fn filled(db: PgPool) -> World {
    let world = World::new(db).await;
    sqlx::query(
        "insert into designs (id, team, number, title, owner, state, created_at, changed_at, archived_at)
         select gen_random_uuid(), $1, 1000 + n, 'Design ' || n, $2, case when n % 3 = 0 then 'accepted' else 'proposed' end, now(),
             timestamptz '2026-01-01' + (n / 40) * interval '1 hour', case when n > 120 then now() end
         from generate_series(1, 130) as n",
    )
    .bind(world.team.0)
    .bind(world.ada.person.account.0)
    .execute(&world.server.db)
    .await
    .expect("designs");
    world
}

async fn asked(world: &World, question: &[(&str, &str)]) -> Answer {
    Answer::of(world.reader.request(reqwest::Method::GET, "/teams/payments/designs").query(question)).await
}

/// Every item, page after page, and how many pages.
async fn all(world: &World, question: &[(&str, &str)]) -> (Vec<Value>, usize) {
    let (mut items, mut after, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let mut question = question.to_vec();
        question.extend(after.as_deref().map(|after| ("after", after)));
        let page: Value = asked(world, &question).await.json();
        let shown = page["items"].as_array().expect("items");
        assert!(shown.len() <= 50, "{}", shown.len());
        items.extend(shown.iter().cloned());
        pages += 1;
        match page["next"].as_str() {
            Some(next) => after = Some(next.into()),
            None => return (items, pages),
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_list_shows_each_design_once_however_many_pages_it_has(db: PgPool) {
    let world = filled(db).await;
    let (items, pages) = all(&world, &[]).await;
    let numbers: HashSet<i64> = items.iter().map(|item| item["number"].as_i64().expect("a number")).collect();
    assert_eq!((items.len(), numbers.len(), pages), (120, 120, 3));
    let changed = |item: &Value| OffsetDateTime::parse(item["changed"].as_str().expect("an instant"), &Rfc3339).expect("RFC 3339");
    assert!(items.windows(2).all(|pair| changed(&pair[0]) >= changed(&pair[1])), "last changed first");
    let names: HashSet<&str> = items[0].as_object().expect("an item").keys().map(String::as_str).collect();
    assert_eq!(names, HashSet::from(["number", "title", "state", "owner", "open_threads", "archived", "changed"]));
    assert_eq!((&items[0]["owner"], &items[0]["open_threads"], &items[0]["archived"]), (&"ada".into(), &0.into(), &false.into()));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn filters_narrow_the_list(db: PgPool) {
    let world = filled(db).await;
    let (_, proposal) = world.design("# Zebra crossing\n\nStripes of paint.\n").await;
    world.send(&proposal).await;
    for (question, count) in [
        (("state", "accepted"), 40),
        (("state", "withdrawn"), 0),
        (("proposal", "in_review"), 1),
        (("proposal", "draft"), 0),
        (("archived", "true"), 10),
        (("archived", "false"), 121),
        (("mine", "true"), 0),
        (("search", "zebra"), 1),
        (("search", "stripes pai"), 1),
        (("search", "giraffe"), 0),
    ] {
        assert_eq!(all(&world, &[question]).await.0.len(), count, "{question:?}");
    }
    let (accepted, _) = all(&world, &[("state", "accepted")]).await;
    assert!(accepted.iter().all(|item| item["state"] == "accepted"));
    let mine: Value = world.ada.get("/teams/payments/designs?mine=true&search=zebra").await.json();
    assert_eq!(mine["items"].as_array().expect("items").len(), 1);
    for (name, wrong) in [("state", "done"), ("proposal", "merging"), ("after", "nonsense"), ("mine", "perhaps"), ("archived", "2")] {
        let answer = asked(&world, &[(name, wrong)]).await;
        assert_eq!((answer.status, answer.problem().as_str()), (422, "invalid"), "{name}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_team_without_designs_has_an_empty_list(db: PgPool) {
    let world = World::new(db).await;
    assert_eq!(asked(&world, &[]).await.json::<Value>(), serde_json::json!({ "items": [], "next": null }));
}
