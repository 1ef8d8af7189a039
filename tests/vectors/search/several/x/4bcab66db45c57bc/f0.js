backfileSearch.shard("4bcab66db45c57bc/f0",40,"H4sIAAAAAAAC/3NyY0xj4WRkZErN4+ZiZmbxSy0vZmENLsgvKmFh8clMS2XmZmDgYWAAAGnThZooAAAA");
