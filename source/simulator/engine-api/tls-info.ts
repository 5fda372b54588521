/** Nothing is encrypted between simulated machines, so there is no certificate: this says so where one is expected. */
export const TLS_INFO = {
  TrustRoot: '-----BEGIN CERTIFICATE-----\nU0lNVUxBVEVE\n-----END CERTIFICATE-----\n',
  CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh',
  CertIssuerPublicKey: 'U0lNVUxBVEVE',
}
