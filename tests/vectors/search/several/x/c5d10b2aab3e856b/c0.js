backfileSearch.shard("c5d10b2aab3e856b/c0",107,"H4sIAAAAAAAC/3NyY0xmZEhhIAgYCQEmQgAATdeAU2sAAAA=");
