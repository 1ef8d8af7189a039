backfileSearch.shard("fc34c2efac14f874/f0",44,"H4sIAAAAAAAC/3NyY0xj4WRkZErNu8PNxczM4pOZlvqFmcUvtbz4CzNrcEF+UckXZm4GBh4GBgBK3xm5LAAAAA==");
