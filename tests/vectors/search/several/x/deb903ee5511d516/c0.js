backfileSearch.shard("deb903ee5511d516/c0",107,"H4sIAAAAAAAC/3NyY0xmZEhhIAgYCQEmQgAATdeAU2sAAAA=");
