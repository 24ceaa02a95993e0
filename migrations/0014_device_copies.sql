-- Browsers keep a copy of what is opened in Write, so that it opens without a network; a team may want its texts on no device.
alter table teams
    -- false: pages of the team keep nothing on the device, and remove what an earlier page kept, once the server has all of it
    add column device_copies boolean not null default true;
