import { Box, CircularProgress } from '@mui/material';
import { useTranslation } from 'react-i18next';

export function Waiting() {
  const { t } = useTranslation('components');
  return <Box sx={{ display: 'grid', placeItems: 'center', minHeight: 240 }}><CircularProgress size={28} aria-label={t('waiting')} /></Box>;
}
