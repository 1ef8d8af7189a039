backfileSearch.shard("0cf32a8d3e9f1bda/f0",44,"H4sIAAAAAAAC/3NyY0xj4WRkZErNu8PNxczM4pOZlvqFmcUvtbz4CzNrcEF+UckXZm4GBh4GBgBK3xm5LAAAAA==");
