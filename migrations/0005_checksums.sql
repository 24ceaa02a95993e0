-- A checksum beside every stored piece of a live text, so that a flipped bit is noticed before it becomes somebody's words.
-- CRC-32C of the bytes; null: written before checksums were kept.
alter table updates add column crc integer;
alter table snapshots add column crc integer;
