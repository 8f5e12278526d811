import { Box, Tooltip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../live/hooks';

const colours = { live: 'success.main', connecting: 'warning.main', lost: 'error.main', off: 'text.disabled' } as const;

/** Whether what the page shows is what there is now. */
export function LiveBadge() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <Tooltip title={t(`live.${state}.text`)}>
      <Box role="status" sx={{ display: 'flex', alignItems: 'center', gap: 0.75, px: 0.5 }}>
        <Box sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: colours[state] }} />
        <Typography variant="caption" color="textSecondary" sx={{ display: { xs: 'none', sm: 'block' } }}>{t(`live.${state}.name`)}</Typography>
      </Box>
    </Tooltip>
  );
}
