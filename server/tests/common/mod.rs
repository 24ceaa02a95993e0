//! The test kit: the whole server on a port of its own over the test's database, people with roles, browsers, programs, mail.

#![expect(dead_code, reason = "every test file uses another part of the kit")]

pub mod browser;
pub mod mail;

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

use app::model::account::Caller;
use app::model::ids::{AccountId, TeamId};
use app::model::role::Role;
use app::model::token::Scope;
use axum::Router;
use ipnet::IpNet;
use rust_embed::RustEmbed;
use server::bus::Bus;
use server::clock::{Clock, fresh_id};
use server::config::PublicUrl;
use server::rooms::Limits;
use server::service::{Keeping, Links, Passwords, People, Service};
use server::web::assets::Site;
use server::web::router::router;
use server::web::state::Doors;
use sqlx::PgPool;
use time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::DropGuard;
use tokio_util::task::TaskTracker;

pub use browser::{Answer, Browser};

/// Everybody's password.
pub const PASSWORD: &str = "tulip anchor basil";
/// The first run's code.
pub const CODE: &str = "ABCD-EFGH-IJKL-MNOP";

/// Assets as a build would leave them.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/tests/site"]
struct TestSite;

/// What a test may want otherwise.
#[derive(Default)]
pub struct Setup {
    /// The public address; by default the one listened on.
    pub public_url: Option<&'static str>,
    /// Networks whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether mail is set up; it arrives in [`Server::mail`].
    pub mail: bool,
    /// Where pictures are kept, and how many.
    pub pictures: Keeping,
}

/// The whole server. Stops when the last clone is dropped.
#[derive(Clone)]
pub struct Server {
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// What its own pages send as Origin.
    pub origin: String,
    /// The use cases, for what has no door.
    pub service: Service,
    /// The database.
    pub db: PgPool,
    /// Where its mail arrives.
    pub mail: Option<mail::Sink>,
    router: Router,
    ahead: Arc<AtomicI64>,
    _stop: Arc<DropGuard>,
}

/// Somebody with an account, signed in.
#[derive(Clone)]
pub struct Person {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub browser: Browser,
}

impl Server {
    /// Starts it as it is by default.
    pub async fn start(db: PgPool) -> Self {
        Self::start_with(db, Setup::default()).await
    }

    /// Starts it as a test wants it.
    pub async fn start_with(db: PgPool, setup: Setup) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let public: PublicUrl = setup.public_url.unwrap_or(&url).parse().expect("a public address");
        let mail = if setup.mail { Some(mail::Sink::start().await) } else { None };
        let ahead = Arc::new(AtomicI64::new(0));
        let people = People {
            links: Links::new(public.clone()),
            mail: mail.as_ref().map(mail::Sink::sender),
            set_up_code: Some(CODE.into()),
            passwords: Passwords::default(),
            tasks: TaskTracker::new(),
        };
        // A busy machine is no slow database: whoever tests one makes it.
        let limits = Limits { slow_commit: std::time::Duration::from_mins(1), ..Limits::default() };
        let service = Service::with(db.clone(), clock(ahead.clone()), people, limits, Bus::default()).keeping_pictures(setup.pictures);
        let origin = public.to_string();
        let doors = Doors::new(service.clone(), Site::of::<TestSite>(), public, setup.trusted_proxies);
        let stop = Arc::new(doors.stop.clone().drop_guard());
        let stopped = doors.stop.clone().cancelled_owned();
        let router = router(doors);
        let app = router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(axum::serve(listener, app).with_graceful_shutdown(stopped).into_future());
        Self { url, origin, service, db, mail, router, ahead, _stop: stop }
    }

    /// Every address that its router answers, as it was registered: `/teams/{team}`. axum tells them only to whoever debugs.
    pub fn addresses(&self) -> Vec<String> {
        let told = format!("{:?}", self.router);
        let (_, paths) = told.split_once("paths: {").expect("the paths of a router");
        // Alternately what is between two paths, and a path; behind the last one the map ends.
        let mut pieces = paths.split('"');
        std::iter::from_fn(|| pieces.next().filter(|between| !between.contains('}')).and_then(|_| pieces.next()).map(str::to_owned))
            .collect()
    }

    /// Lets time pass, for the server.
    pub fn pass(&self, time: Duration) {
        self.ahead.fetch_add(time.whole_seconds(), Ordering::SeqCst);
    }

    /// A browser that nobody is signed in with.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url, &self.origin)
    }

    /// A team.
    pub async fn team(&self, slug: &str) -> TeamId {
        let id = TeamId(fresh_id());
        sqlx::query("insert into teams (id, slug, name, created_at) values ($1, $2, $3, now())")
            .bind(id.0)
            .bind(slug)
            .bind(format!("Team {slug}"))
            .execute(&self.db)
            .await
            .expect("a team");
        id
    }

    /// Somebody with an account, `ada@example.org`, in no team, signed in.
    pub async fn stranger(&self, name: &str) -> Person {
        let (account, email) = (AccountId(fresh_id()), format!("{name}@example.org"));
        sqlx::query("insert into accounts (id, email, name, password_hash, created_at) values ($1, $2, $3, $4, now())")
            .bind(account.0)
            .bind(&email)
            .bind(name)
            .bind(password_hash().await)
            .execute(&self.db)
            .await
            .expect("an account");
        let browser = self.signed_in(account).await;
        Person { account, name: name.into(), email, browser }
    }

    /// Somebody with a role in a team.
    pub async fn member(&self, team: TeamId, name: &str, role: Role) -> Person {
        let person = self.stranger(name).await;
        self.join(team, &person, role).await;
        person
    }

    /// Puts somebody into a team.
    pub async fn join(&self, team: TeamId, person: &Person, role: Role) {
        sqlx::query("insert into members (team, account, role, joined_at) values ($1, $2, $3, now())")
            .bind(team.0)
            .bind(person.account.0)
            .bind(role.as_str())
            .execute(&self.db)
            .await
            .expect("a member");
    }

    /// Makes somebody the operator of the instance.
    pub async fn make_operator(&self, person: &Person) {
        sqlx::query("update accounts set operator = true where id = $1")
            .bind(person.account.0)
            .execute(&self.db)
            .await
            .expect("an operator");
    }

    /// Another browser of an account, signed in without the sign-in page, because a password costs a tenth of a second.
    pub async fn signed_in(&self, account: AccountId) -> Browser {
        let id = tower_sessions::session::Id::default();
        sqlx::query(
            "insert into sessions (id, account, user_agent, address, created_at, seen_at, expires_at)
             values ($1, $2, 'test', '127.0.0.1', $3, $3, $3 + interval '14 days')",
        )
        .bind(server::service::session_key(id.0))
        .bind(account.0)
        .bind(self.service.clock().now())
        .execute(&self.db)
        .await
        .expect("a session");
        self.browser().with_cookie(&format!("quorum={id}"))
    }

    /// A program's token.
    pub async fn token(&self, person: &Person, team: TeamId, scope: Scope) -> String {
        self.service.make_token(person.account, team, "test", scope, None).await.expect("a token")
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &'static str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(&self.db).await.expect("a count")
    }
}

impl Person {
    /// As services see them.
    pub fn caller(&self) -> Caller {
        Caller { account: self.account, name: self.name.clone(), email: self.email.clone(), operator: false, token: None }
    }

    /// Calls a server function.
    pub async fn rpc(&self, function: &str, form: &[(&str, &str)]) -> Answer {
        self.browser.rpc(function, form).await
    }
}

fn clock(ahead: Arc<AtomicI64>) -> Clock {
    let system = Clock::system();
    Clock::of(move || system.now() + Duration::seconds(ahead.load(Ordering::SeqCst)))
}

/// The hash of everybody's password, made once.
async fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return hash;
    }
    let hash = Passwords::default().hash(PASSWORD).await.expect("a hash");
    HASH.get_or_init(|| hash)
}

/// A PNG of one colour.
pub fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(2, 1, image::Luma([shade])).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}
