backfileSearch.shard("fc34c2efac14f874/c0",1508,"H4sIAAAAAAAC/3NyY0xmZLjDzTAKRhxgHAUjDjCNghEHAEdQD+XkBQAA");
