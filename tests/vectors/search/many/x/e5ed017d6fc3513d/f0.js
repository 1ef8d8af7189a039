backfileSearch.shard("e5ed017d6fc3513d/f0",39,"H4sIAAAAAAAC/3NyY0xj4WRg4GJmZvHJTEv9wszil1pe/IWZNbggv6jkCzM3AwMPAwMAnq0GQScAAAA=");
