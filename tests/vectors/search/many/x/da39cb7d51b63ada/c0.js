backfileSearch.shard("da39cb7d51b63ada/c0",1508,"H4sIAAAAAAAC/3NyY0xmZLjDzTAKRhxgHAUjDjCNghEHAEdQD+XkBQAA");
