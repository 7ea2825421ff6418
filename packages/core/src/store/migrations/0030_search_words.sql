-- Which words stand in which part of what can be found. The words go in as terms (lower case, stems,
-- names out of code split), made where they are written, so the tokenizer only splits at spaces. No text
-- is kept here: it stands where it came from.
CREATE VIRTUAL TABLE `search_words` USING fts5(
	`title`, `heading`, `path`, `body`,
	content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'
);
--> statement-breakpoint
-- In how many parts each word stands, so that the rare ones of a question are looked for first.
CREATE VIRTUAL TABLE `search_vocabulary` USING fts5vocab('search_words', 'row');
--> statement-breakpoint
-- The words of a part go with it, whoever deletes it.
CREATE TRIGGER `search_entries_delete` AFTER DELETE ON `search_entries`
BEGIN
	DELETE FROM `search_words` WHERE `rowid` = OLD.`id`;
END;
