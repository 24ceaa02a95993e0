-- An author of a text is one from their first update on, so nobody asks for the last; keeping it would rewrite a row at every keystroke.
alter table contributions drop column last_seq;
