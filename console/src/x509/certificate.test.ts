import { describe, expect, it } from 'vitest';
import { certificatesIn, fingerprintOf, pemOf } from './certificate';

// Made with OpenSSL 3, which was asked for what is expected below, too (x509 -noout -serial -dates -subject -nameopt RFC2253).
const root = `-----BEGIN CERTIFICATE-----
MIIB1DCCAXmgAwIBAgIUaGJ7iiC3OMzQg2u97MeGxwm7pZ0wCgYIKoZIzj0EAwIw
PjELMAkGA1UEBhMCREUxGDAWBgNVBAoMD05vcnRoZXJuIE1ldGVyczEVMBMGA1UE
AwwMRmFjdG9yeSBSb290MCAXDTI2MTEyMzA4NTIxOVoYDzIwNTExMTE3MDg1MjE5
WjA+MQswCQYDVQQGEwJERTEYMBYGA1UECgwPTm9ydGhlcm4gTWV0ZXJzMRUwEwYD
VQQDDAxGYWN0b3J5IFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATaPzS3
6pYJlajafhbCQDUno6rtR1mxpc1m+NsOzZ4LRZbFEjowc7SZFZfm6p8BMayQjlbd
SyYqGRqgV+/kpfFmo1MwUTAdBgNVHQ4EFgQU4WKS3Cx9zithjsd5VKreyvSU2zkw
HwYDVR0jBBgwFoAU4WKS3Cx9zithjsd5VKreyvSU2zkwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNJADBGAiEA3fwvDu6DTdea9RKjaL8x4ZiUsTXLwtsyvQBu
PYbQZb8CIQDRet68a8fRqksVALK9HvEY1uiCJ5op3GpNNyXyV/npUw==
-----END CERTIFICATE-----`;
const device = `-----BEGIN CERTIFICATE-----
MIICGTCCAb8CFDML/wzFpN6jvwz6eOAeAtuxuUBbMAoGCCqGSM49BAMCMD4xCzAJ
BgNVBAYTAkRFMRgwFgYDVQQKDA9Ob3J0aGVybiBNZXRlcnMxFTATBgNVBAMMDEZh
Y3RvcnkgUm9vdDAeFw0yNjExMjMwODUyMjBaFw0zNjExMjAwODUyMjBaMBUxEzAR
BgNVBAMMCm1ldGVyLTAwMTcwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIB
AQDI1p15qF05kXelZf0FaofOI9e8MU5MP/aoRsjB/e/eCc/fdrm72LdBxbfegd5G
IV+ZJHDlZ89KnusPGlnzbl1fH3yPdhevsUneiItqHFwd48nBa0uBPBuVBAyNhkU6
2LxhMthy1CuEjURXBv+GcuzPMUjxvakAkbW6yF17E1wXpUDbsrTLvIiTOSWxLkHM
jB1082tdiemwMo3zg2l5ynq12pMmihWogcm1PgPqnXBI2kRLMOKX67aAn+FWm/dJ
Mt1g0dBojSw/AlkcoLYYu7ZIGxQQrGFM40frH1/hFZ49rByHZEki4uGLqm/OPkLD
5R9fcuxjoKxw+X/549reeDmDAgMBAAEwCgYIKoZIzj0EAwIDSAAwRQIhAJ+A89lW
2VEfH2C+ts3gaIHhlDKE4A4G61pKxoNiI8vkAiAjWJDSvJyjETRcGvX/YkgTO/E3
1Rgj3YSCFDyFqzsx/A==
-----END CERTIFICATE-----`;

describe('a certificate', () => {
  it('is read with its names, times, key and extensions', () => {
    const [one] = certificatesIn(root);
    expect(one).toMatchObject({
      subject: 'CN=Factory Root, O=Northern Meters, C=DE', issuer: 'CN=Factory Root, O=Northern Meters, C=DE', key: 'ECDSA P-256', isAuthority: true,
      serialNumber: '68627b8a20b738ccd0836bbdecc786c709bba59d', subjectKeyIdentifier: 'e16292dc2c7dce2b618ec77954aadecaf494db39',
    });
    // The end is after 2049, and a GeneralizedTime therefore.
    expect([one!.notBefore.toISOString(), one!.notAfter.toISOString()]).toEqual(['2026-11-23T08:52:19.000Z', '2051-11-17T08:52:19.000Z']);
  });

  it('of version 1 has no extensions and is no authority', () => {
    expect(certificatesIn(device)[0]).toMatchObject({ subject: 'CN=meter-0017', key: 'RSA 2048', isAuthority: false, subjectKeyIdentifier: null, serialNumber: '330bff0cc5a4dea3bf0cfa78e01e02dbb1b9405b' });
  });

  it('comes with others in a chain, in their order', () => {
    expect(certificatesIn(`Subject: ...\n${root}\n${device}`).map((one) => one.subject)).toEqual(['CN=Factory Root, O=Northern Meters, C=DE', 'CN=meter-0017']);
  });

  it('has the fingerprint that OpenSSL shows', async () => {
    expect(await fingerprintOf(certificatesIn(root)[0]!.der)).toBe('c5c7211c2ff1007774779e3714cc9f2303661b4e2e6a694c4a96755bd5decea5');
  });

  it('in DER becomes the same PEM', () => {
    const { der } = certificatesIn(root)[0]!;
    expect(pemOf(der).trim()).toBe(root);
    expect(pemOf(new TextEncoder().encode(root))).toBe(root);
  });

  it('that is cut off or changed is no certificate, and nothing worse', () => {
    const { der } = certificatesIn(root)[0]!;
    for (let length = 0; length < der.length; length++) expect(certificatesIn(pemOf(der.slice(0, length)))).toEqual([]);
    for (let at = 0; at < der.length; at++) expect(() => certificatesIn(pemOf(der.map((octet, i) => (i === at ? octet ^ 0xff : octet))))).not.toThrow();
  });
});
