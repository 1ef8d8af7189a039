backfileSearch.shard("ae0f63ba1f62a230/f0",40,"H4sIAAAAAAAA/3NyY0pj4WRkZErN4+ZiZmbxSy0vZmENLsgvKmFh8clMS2XmZmDgYWAAAA7TbdcoAAAA");
