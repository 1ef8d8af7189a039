backfileSearch.shard("0cf32a8d3e9f1bda/c0",1508,"H4sIAAAAAAAC/3NyY0xmZLjDzTAKRhxgHAUjDjCNghEHAEdQD+XkBQAA");
