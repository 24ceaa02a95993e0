//! The texts, and what was said about them.

use app::model::thread::Kind;

use super::{SampleDesign, SampleThread, Stage};

/// In the order of their numbers: the texts refer to each other by them.
pub(super) const ALL: [SampleDesign; 6] = [LEDGER, IDEMPOTENCY, FAILOVER, WEBHOOKS, SETTLEMENT, CACHE];

const LEDGER: SampleDesign = SampleDesign {
    title: "A ledger that is never edited",
    why: "Balances that are overwritten cannot be explained. Four incidents and every audit say so.",
    markdown: include_str!("../../sample/ledger.md"),
    revised: None,
    stage: Stage::Accepted {
        summary: "The rollout convinced me: every step can be left standing. Please keep the nightly comparison for good, not only for thirty days.",
    },
    threads: &[SampleThread {
        kind: Kind::Praise,
        quote: "a mistake is mended by a second booking that says which one it mends",
        comments: &["This sentence alone will save us a week at the next audit."],
        resolved: true,
    }],
};

const IDEMPOTENCY: SampleDesign = SampleDesign {
    title: "Idempotency keys for the payments API",
    why: "1,312 payments were made twice in March. A client must be able to try again without harm.",
    markdown: include_str!("../../sample/idempotency.md"),
    revised: Some(include_str!("../../sample/idempotency-revised.md")),
    stage: Stage::InReview {
        summary: "The interface is right. What I cannot approve is the store: with Redis away we give up the promise exactly when clients retry \
                  most, and nobody is told. Could the key commit together with the booking?",
    },
    threads: &[
        SampleThread {
            kind: Kind::Blocking,
            quote: "One partition a day; after three days a partition is dropped",
            comments: &[
                "A key begun at 23:59 lives a minute longer than one begun at 00:01 lives. Is it three days or *at least* three days? \
                 Merchants will build on whichever we write down.",
            ],
            resolved: false,
        },
        SampleThread {
            kind: Kind::Question,
            quote: "a sweeper asks the processor after 60 s and finishes or voids",
            comments: &[
                "Who runs the sweeper, and what if two of them do at the same time?",
                "One of the API replicas, whoever gets the advisory lock. Voiding twice is harmless: the processor answers *already voided*. I will \
                 put that into the table.",
            ],
            resolved: false,
        },
        SampleThread {
            kind: Kind::Suggestion,
            quote: "We recommend a random UUID",
            comments: &[
                "Say version 4 or 7. Somebody will use version 1 and tell the world when and on which machine the button was pressed.",
            ],
            resolved: false,
        },
        SampleThread {
            kind: Kind::Nit,
            quote: "its first eight characters do",
            comments: &[
                "Eight characters of a UUID are enough to find it and too few to use it. Good.",
                "Thanks. The test for it is in the first step.",
            ],
            resolved: true,
        },
    ],
};

const FAILOVER: SampleDesign = SampleDesign {
    title: "A second card processor",
    why: "When our only processor is away, so are we, and two thirds of the payments refused are never made.",
    markdown: include_str!("../../sample/failover.md"),
    revised: None,
    stage: Stage::Draft,
    threads: &[SampleThread {
        kind: Kind::Question,
        quote: "every 5 s for 90 s",
        comments: &[
            "Do we know how long the processor itself takes until a charge can be found? If that is more than 90 s, *unknown* is not safe.",
        ],
        resolved: false,
    }],
};

const WEBHOOKS: SampleDesign = SampleDesign {
    title: "Webhooks that arrive",
    why: "0.7 % of events are lost every week, and we learn of it from the merchants.",
    markdown: include_str!("../../sample/webhooks.md"),
    revised: None,
    stage: Stage::Approved {
        summary: "Checked the part about private addresses line by line: resolving once and connecting to the checked address is what we want. \
                  Approved; the 2 GB a day need an owner before the rollout reaches all merchants.",
    },
    threads: &[
        SampleThread {
            kind: Kind::Question,
            quote: "Redirects are not followed.",
            comments: &[
                "Some merchants redirect from `http` to `https`. What do they see?",
                "The attempt fails with *redirect*, on their page and in the mail, with the new address to copy. We never send to `http` anyway.",
            ],
            resolved: true,
        },
        SampleThread {
            kind: Kind::Nit,
            quote: "| 6 to 16 | 6 h each | 3 days |",
            comments: &[
                "Eleven waits of six hours are 2.75 days. Close enough, but somebody will compute it.",
                "True; the hour before rounds it up.",
            ],
            resolved: true,
        },
    ],
};

const SETTLEMENT: SampleDesign = SampleDesign {
    title: "Settlement reports without loading the primary",
    why: "The nightly run slows every payment down and cannot be continued when it fails.",
    markdown: include_str!("../../sample/settlement.md"),
    revised: Some(include_str!("../../sample/settlement-revised.md")),
    stage: Stage::ChangeProposed {
        summary: "Thirty nights without a cent of difference. Nothing to add.",
        title: "Payouts in pounds",
        why: "Five merchants asked for payouts in pounds; the second bank has its own deadline and format.",
    },
    threads: &[SampleThread {
        kind: Kind::Question,
        quote: "a merchant who is paid in two has two settlements a day",
        comments: &["And one report or two? Their accountants will ask on the first day."],
        resolved: false,
    }],
};

const CACHE: SampleDesign = SampleDesign {
    title: "A shared cache for customer profiles",
    why: "The customer service is the slowest part of a payment.",
    markdown: include_str!("../../sample/cache.md"),
    revised: None,
    stage: Stage::Withdrawn { reason: "It was a missing index. The measurements and the alternatives are worth keeping." },
    threads: &[],
};
