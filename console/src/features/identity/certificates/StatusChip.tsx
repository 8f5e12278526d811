import { Box, Chip } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/client';
import { Time } from '../../../components/Time';

const soon = 30 * 86_400_000;

export function isDeveloper(certificate: Pick<Schemas['TrustedCertificateResp'], 'device_execution_mode'>): boolean {
  return certificate.device_execution_mode === 1;
}

export function StatusChip({ status }: { status: Schemas['TrustedCertificateStatus'] }) {
  const { t } = useTranslation('identity');
  return <Chip label={t(`certificates.statuses.${status}`)} variant="outlined" color={status === 'ACTIVE' ? 'success' : 'default'} />;
}

/** Until when it is valid; coloured when that is soon or over. */
export function Validity({ value }: { value: string | null }) {
  const left = value ? Date.parse(value) - Date.now() : Infinity;
  return <Box component="span" sx={{ color: left < 0 ? 'error.main' : left < soon ? 'warning.main' : 'inherit' }}><Time value={value} relative /></Box>;
}
