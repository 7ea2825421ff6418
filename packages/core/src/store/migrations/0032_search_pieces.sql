-- As much as one transaction brings is gathered before it is written as a piece: with the usual megabyte
-- it became several, which were written and then merged, a third of all the time that indexing takes.
INSERT INTO `search_words` (`search_words`, `rank`) VALUES ('hashsize', 8388608);
