backfileSearch.shard("e840c72f3976a3c2/c0",11,"H4sIAAAAAAAA/3NyY0pmZGBhYGBgBgA1FWvMCwAAAA==");
