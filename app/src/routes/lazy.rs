//! Each page as a route of its own that the browser may load when it is first visited.
//!
//! Written by hand instead of with the router's `lazy_route`: without splitting the module its macro leaves imports that nothing fulfils.

use leptos::prelude::*;
use leptos_router::LazyRoute;

use crate::pages;

/// Declares a route for each page component.
macro_rules! lazy {
    ($($name:ident => $page:path),+ $(,)?) => {$(
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                // Erased at the page's edge: the router's type does not grow with every page.
                $page().into_any()
            }
        }
    )+};
}

lazy! {
    SignIn => pages::sign_in::SignIn,
    SetUp => pages::set_up::SetUp,
    SignUp => pages::sign_up::SignUp,
    Forgotten => pages::forgotten::Forgotten,
    Reset => pages::reset::Reset,
    Inbox => pages::inbox::Inbox,
    Settings => pages::settings::Settings,
    Team => pages::team::Team,
    People => pages::people::People,
    NewDesign => pages::new_design::NewDesign,
    Design => pages::design::Design,
    History => pages::history::History,
    Decision => pages::decision::Decision,
    Proposal => pages::proposal::Proposal,
}
