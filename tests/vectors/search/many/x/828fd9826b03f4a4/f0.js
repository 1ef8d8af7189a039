backfileSearch.shard("828fd9826b03f4a4/f0",44,"H4sIAAAAAAAC/3NyY0xj4WRkZErNu8PNxczM4pOZlvqFmcUvtbz4CzNrcEF+UckXZm4GBh4GBgBK3xm5LAAAAA==");
