import { Box, Card, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { certificatesIn, fingerprintOf, type Certificate } from '../x509/certificate';
import { CopyableId } from './CopyableId';
import { Facts } from './Facts';
import { Time } from './Time';

/** The certificates of a PEM text, one below the other. */
export function CertificateChain({ pem }: { pem: string }) {
  const { t } = useTranslation('components');
  const chain = certificatesIn(pem);
  if (chain.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      {chain.length > 1 && <Typography variant="h3">{t('certificate.chain')}</Typography>}
      {chain.map((one, index) => <CertificateCard key={index} certificate={one} />)}
    </Box>
  );
}

function CertificateCard({ certificate: one }: { certificate: Certificate }) {
  const { t } = useTranslation('components');
  const fingerprint = useQuery({ queryKey: ['fingerprint', one.serialNumber, one.issuer, one.der.length], queryFn: () => fingerprintOf(one.der), staleTime: Infinity });
  const hasEnded = one.notAfter.getTime() < Date.now();
  return (
    <Card sx={{ p: 1.5 }}>
      <Facts items={[
        [t('certificate.subject'), one.subject],
        ...(one.issuer === one.subject ? [] : [[t('certificate.issuer'), one.issuer] as const]),
        [t('certificate.serial'), <CopyableId id={one.serialNumber} whole />],
        [t('certificate.from'), <Time value={one.notBefore.toISOString()} />],
        [t('certificate.to'), <Box component="span" sx={hasEnded ? { color: 'error.main' } : {}}><Time value={one.notAfter.toISOString()} />{hasEnded && ` (${t('pem.ended')})`}</Box>],
        [t('certificate.key'), one.key],
        [t('certificate.authority'), t(one.isAuthority ? 'certificate.yes' : 'certificate.no')],
        ...(fingerprint.data ? [[t('certificate.fingerprint'), <CopyableId id={fingerprint.data} whole />] as const] : []),
      ]} />
    </Card>
  );
}
