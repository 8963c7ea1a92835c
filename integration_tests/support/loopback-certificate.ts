/**
 * A certificate for 127.0.0.1 and localhost that nobody trusts unless told to, with its key: made for these tests, good for
 * nothing else, and valid for long.
 */
export const LOOPBACK_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTnWPVv8V84BuI99a
v4dA5TSXOhXv/PnV7aDp/5ti6rChRANCAARi+8s/lc0Q1kKUqa2RZpgJV7AK1mrR
19qOACQySGJVyK+Mlpi4aUFlSKRCTsrfR6TLcwXqVewdFOkgPbRsFlrI
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBfDCCASOgAwIBAgIBATAKBggqhkjOPQQDAjAfMR0wGwYDVQQDDBRsb29wYmFj
ayB0ZXN0IHNlcnZlcjAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFow
HzEdMBsGA1UEAwwUbG9vcGJhY2sgdGVzdCBzZXJ2ZXIwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAARi+8s/lc0Q1kKUqa2RZpgJV7AK1mrR19qOACQySGJVyK+Mlpi4
aUFlSKRCTsrfR6TLcwXqVewdFOkgPbRsFlrIo04wTDAaBgNVHREEEzARhwR/AAAB
gglsb2NhbGhvc3QwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQU+88VhcAsCQyh
+g+7N0C4LSRyTyUwCgYIKoZIzj0EAwIDRwAwRAIgGLk2fyeHWqrrC3WiysFuirXx
/sf2d1s/T40dNOlGT24CIESkx9q+TS2BGjXhiddbIAkX1lf1SLZMn9yZWpj15PkN
-----END CERTIFICATE-----
`,
} as const;
