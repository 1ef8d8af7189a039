backfileSearch.shard("4bcab66db45c57bc/c0",18,"H4sIAAAAAAAC/3NyY0xmZOBmAAJGIGBiYgIAJbzNBBIAAAA=");
