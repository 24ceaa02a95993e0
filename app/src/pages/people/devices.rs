//! Whether devices keep copies of the team's texts: everybody may know, an admin decides.

use leptos::prelude::*;

use crate::api::teams::SetDeviceCopies;
use crate::components::{Call, CallForm, Problem, Submit, problem_in};

/// What holds, and the button that changes it.
#[component]
pub fn Devices(team: String, allowed: bool, administers: bool, act: Call<SetDeviceCopies>) -> impl IntoView {
    let problem = problem_in(move || act.value().get(), &[]);
    let holds = if allowed {
        "Browsers keep a copy of each proposal that is opened in Write, so that it opens without a network. Signing out removes the copies."
    } else {
        "Browsers keep no copies of this team’s texts. Without a network nothing of it opens, and what is typed then is only in its page until it is saved."
    };
    let button = if allowed { "Stop keeping copies" } else { "Let devices keep copies" };
    let consequence = allowed.then_some(
        "When you stop it, each device deletes its copies the next time Quorum is opened there. Changes that are not saved yet stay until they are.",
    );
    view! {
        <section class="card padded stack" aria-labelledby="devices">
            <h2 id="devices">"Copies on devices"</h2>
            <p>{holds}</p>
            <Problem problem=problem("")/>
            {administers
                .then(|| {
                    view! {
                        {consequence.map(|words| view! { <p class="small muted">{words}</p> })}
                        <CallForm to=act>
                            <input type="hidden" name="team" value=team/>
                            <input type="hidden" name="allowed" value=(!allowed).to_string()/>
                            <Submit pending=act.pending() class="">{button}</Submit>
                        </CallForm>
                    }
                })}
        </section>
    }
}
