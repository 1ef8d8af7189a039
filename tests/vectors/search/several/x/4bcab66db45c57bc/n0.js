backfileSearch.shard("4bcab66db45c57bc/n0",42,"H4sIAAAAAAAC/3NyY8zj3vVch4FRgoFxPSMDYzwDYz0DYyCYAUTnIUJxDIwAEwaPJSoAAAA=");
