-- What happened to a proposal, newest first: texts of writing sessions, what people did about it, suggestions that were accepted. Each source by
-- itself in order and no longer than the page, so that each is read off its index. $5: only what the text was.
with found as (
    (
        select checkpoints.ended_at as at, '1 text ' || lpad(checkpoints.seq::text, 19, '0') as key, checkpoints.seq, checkpoints.began_at as began,
            checkpoints.authors as people, null::text as verb, null::jsonb as detail
        from checkpoints
        where checkpoints.document = $1
            -- what a design began with is the text of the line that says so
            and (not checkpoints.first or (select number from proposals where id = $1) > 1)
            and checkpoints.ended_at <= coalesce($2::timestamptz, 'infinity')
            and ($2 is null or (checkpoints.ended_at, '1 text ' || lpad(checkpoints.seq::text, 19, '0') collate "C") < ($2, $3::text))
        order by checkpoints.ended_at desc, checkpoints.seq desc
        limit $4
    )
    union all
    (
        select history.at, '3 did ' || history.id::text, null::bigint, null::timestamptz, array_remove(array[history.account], null), history.verb,
            history.detail
        from history
        where history.proposal = $1 and history.at <= coalesce($2, 'infinity')
            and (not $5 or history.verb in ('sent', 'put_back', 'proposed'))
            and ($2 is null or (history.at, '3 did ' || history.id::text collate "C") < ($2, $3::text))
        order by history.at desc, history.id desc
        limit $4
    )
    union all
    (
        -- a design's first proposal is made with the design
        select history.at, '3 did ' || history.id::text, checkpoints.seq, null::timestamptz, array_remove(array[history.account], null), history.verb,
            history.detail
        from proposals
        join history on history.design = proposals.design and history.proposal is null and history.verb in ('created', 'imported')
        left join checkpoints on checkpoints.document = proposals.id and checkpoints.first
        where proposals.id = $1 and proposals.number = 1
            and ($2 is null or (history.at, '3 did ' || history.id::text collate "C") < ($2, $3::text))
    )
    union all
    (
        select landed.at, '2 accepted ' || lpad(landed.seq::text, 19, '0'), null::bigint, null::timestamptz, array_remove(array[landed.account], null),
            'accepted', jsonb_build_object('by', suggesters.name)
        from landed
        join threads on threads.id = case when landed.cause like 'suggestion %' then split_part(landed.cause, ' ', 2)::uuid end
        left join accounts as suggesters on suggesters.id = threads.created_by
        where landed.document = $1 and landed.at <= coalesce($2, 'infinity') and not $5
            and ($2 is null or (landed.at, '2 accepted ' || lpad(landed.seq::text, 19, '0') collate "C") < ($2, $3::text))
        order by landed.at desc, landed.seq desc
        limit $4
    )
)
select at as "at!", key as "key!", seq as "seq?", began as "began?", people as "people!", verb as "verb?", detail as "detail?"
from found
order by at desc, key collate "C" desc
limit $4
