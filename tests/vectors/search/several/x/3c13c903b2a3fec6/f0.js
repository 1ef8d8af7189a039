backfileSearch.shard("3c13c903b2a3fec6/f0",40,"H4sIAAAAAAAA/3NyY0pj4WRkZErNS+FiZmbxSy0vVmLxyUxLVWQNLsgvKlHkZmDgYWAAAEdnNM4oAAAA");
