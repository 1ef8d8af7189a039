backfileSearch.shard("e5ed017d6fc3513d/c0",1508,"H4sIAAAAAAAC/3NyY0xmZLjDzTAKRhxgHAUjDjCNghEHAEdQD+XkBQAA");
