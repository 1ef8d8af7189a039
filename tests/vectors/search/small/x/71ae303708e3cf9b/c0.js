backfileSearch.shard("71ae303708e3cf9b/c0",11,"H4sIAAAAAAAC/3NyY0xmZGBhYGBgBgDwKeb1CwAAAA==");
