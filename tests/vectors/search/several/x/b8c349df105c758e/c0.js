backfileSearch.shard("b8c349df105c758e/c0",107,"H4sIAAAAAAAC/3NyY0xmZEhhIAgYCQEmQgAATdeAU2sAAAA=");
