backfileSearch.shard("e5ed017d6fc3513d/l4",1505,"H4sIAAAAAAAC/3NyY8z5wsw4CkYaYBgFIw6MpvqRBwCKHk/o4QUAAA==");
