backfileSearch.shard("3c13c903b2a3fec6/c0",107,"H4sIAAAAAAAA/3NyY0pmZEhhIAgYCQEmQgAAA7Eo62sAAAA=");
