backfileSearch.shard("da39cb7d51b63ada/f0",39,"H4sIAAAAAAAC/3NyY0xj4WRg4GJmZvHJTEv9wszil1pe/IWZNbggv6jkCzM3AwMPAwMAnq0GQScAAAA=");
