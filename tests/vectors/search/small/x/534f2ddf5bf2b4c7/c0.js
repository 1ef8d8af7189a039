backfileSearch.shard("534f2ddf5bf2b4c7/c0",11,"H4sIAAAAAAAC/3NyY0xmZGBhYGBgBgDwKeb1CwAAAA==");
