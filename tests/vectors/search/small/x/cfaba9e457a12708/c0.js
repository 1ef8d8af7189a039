backfileSearch.shard("cfaba9e457a12708/c0",11,"H4sIAAAAAAAC/3NyY0xmZGBhYGBgBgDwKeb1CwAAAA==");
