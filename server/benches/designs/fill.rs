//! A team of 10,000 designs as the database would hold it after some years, made by rows and not through the service, which would take hours.

use app::model::account::Caller;
use app::model::ids::{AccountId, TeamId};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::clock::fresh_id;
use sqlx::PgPool;
use uuid::Uuid;

/// How many designs.
pub const DESIGNS: usize = 10_000;

/// The team's name in links.
pub const SLUG: &str = "large";

/// Sections of each text, and words of each section: some 12 KB a text.
const SECTIONS: i32 = 12;
/// See [`SECTIONS`].
const WORDS: usize = 150;

/// How many different words there are besides the common ones.
const VOCABULARY: usize = 6_000;

/// Words that stand in nearly every section.
const COMMON: [&str; 20] = [
    "the", "and", "of", "to", "a", "in", "is", "service", "database", "that", "for", "it", "with", "as", "be", "on", "not", "this", "are",
    "or",
];

/// What the other words are made of.
const SYLLABLES: [&str; 20] =
    ["ka", "lo", "mi", "ser", "vice", "led", "ger", "pay", "ment", "tra", "ce", "que", "ry", "ba", "tch", "no", "de", "re", "tri", "clu"];

/// A word of the vocabulary; small numbers are frequent ones.
pub fn word(number: usize) -> String {
    let (mut word, mut rest) = (String::new(), number + 1);
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// Fills an empty database; answers a member of the team, who owns a fiftieth of the designs.
pub async fn fill(db: &PgPool) -> Caller {
    let (team, mut random) = (TeamId(fresh_id()), StdRng::seed_from_u64(12));
    let people = people(db, team).await;
    for first in (0..DESIGNS).step_by(250) {
        designs(db, team, &people, first, &mut random).await;
    }
    around(db).await;
    sqlx::query("vacuum analyze").execute(db).await.expect("statistics");
    Caller { account: AccountId(people[0]), name: "Person 0".into(), email: "person0@example.org".into(), operator: false, token: None }
}

/// The team and its fifty members.
async fn people(db: &PgPool, team: TeamId) -> Vec<Uuid> {
    let people: Vec<Uuid> = (0..50).map(|_| fresh_id()).collect();
    let insert = "insert into teams (id, slug, name, created_at) values ($1, $2, 'Large', now())";
    sqlx::query(insert).bind(team.0).bind(SLUG).execute(db).await.expect("a team");
    let insert = "insert into accounts (id, email, name, created_at)
        select id, 'person' || place - 1 || '@example.org', 'Person ' || place - 1, now() from unnest($1::uuid[]) with ordinality as people (id, place)";
    sqlx::query(insert).bind(&people).execute(db).await.expect("accounts");
    let insert =
        "insert into members (team, account, role, joined_at) select $1, id, 'editor', now() from unnest($2::uuid[]) as people (id)";
    sqlx::query(insert).bind(team.0).bind(&people).execute(db).await.expect("members");
    people
}

/// 250 designs with their sections.
async fn designs(db: &PgPool, team: TeamId, people: &[Uuid], first: usize, random: &mut StdRng) {
    let (mut ids, mut numbers, mut titles, mut owners) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut designs, mut ordinals, mut headings, mut bodies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in first..first + 250 {
        let (id, title) = (fresh_id(), text(random, 4));
        ids.push(id);
        numbers.push(i32::try_from(number).expect("a small number") + 1);
        owners.push(people[number % people.len()]);
        for ordinal in 0..=SECTIONS {
            designs.push(id);
            ordinals.push(ordinal);
            headings.push(if ordinal == 0 { title.clone() } else { text(random, 3) });
            bodies.push(if ordinal == 0 { String::new() } else { text(random, WORDS) });
        }
        titles.push(title);
    }
    let insert = "insert into designs (id, team, number, title, owner, state, created_at, changed_at, archived_at)
        select id, $1, number, title, owner,
            (array['proposed', 'accepted', 'implemented', 'superseded', 'withdrawn'])[1 + number % 5], now(),
            now() - (hashint4(number) & 8388607) * interval '1 second', case when number % 50 = 0 then now() end
        from unnest($2::uuid[], $3::int[], $4::text[], $5::uuid[]) as made (id, number, title, owner)";
    let made = sqlx::query(insert).bind(team.0).bind(&ids).bind(&numbers).bind(&titles).bind(&owners);
    made.execute(db).await.expect("designs");
    let insert = "insert into search_sections (design, ordinal, team, heading, body)
        select design, ordinal, $1, heading, body
        from unnest($2::uuid[], $3::int[], $4::text[], $5::text[]) as made (design, ordinal, heading, body)";
    let made = sqlx::query(insert).bind(team.0).bind(&designs).bind(&ordinals).bind(&headings).bind(&bodies);
    made.execute(db).await.expect("sections");
}

/// Proposals, reviewers, threads: what lines show.
async fn around(db: &PgPool) {
    for statement in [
        "insert into proposals (id, design, number, title, base, state, created_by, created_at)
         select gen_random_uuid(), designs.id, place, designs.title, 0,
             (array['merged', 'draft', 'in_review'])[1 + (designs.number + place) % 3], designs.owner, now()
         from designs, generate_series(1, 2) as place",
        "insert into documents (id, team) select proposals.id, designs.team from proposals join designs on designs.id = proposals.design",
        "insert into review_requests (proposal, account, requested_by, requested_at)
         select proposals.id, accounts.id, proposals.created_by, now()
         from proposals
         join accounts on abs(hashint4(proposals.number + hashtext(accounts.id::text)) % 17) = 0
         where proposals.state = 'in_review'",
        "insert into threads (id, team, design, proposal, kind, created_at)
         select gen_random_uuid(), designs.team, designs.id, proposals.id, 'question', now()
         from proposals join designs on designs.id = proposals.design, generate_series(1, 3)",
    ] {
        sqlx::query(statement).execute(db).await.expect("rows");
    }
}

/// That many words, common ones often.
fn text(random: &mut StdRng, words: usize) -> String {
    let words: Vec<String> = (0..words)
        .map(|_| {
            if random.random_bool(0.4) {
                return COMMON[random.random_range(0..COMMON.len())].to_owned();
            }
            let rare: f64 = random.random();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a place in a small list"
            )]
            word((rare.powf(2.5) * VOCABULARY as f64) as usize)
        })
        .collect();
    words.join(" ")
}
