import { Box, Button, Card, LinearProgress, List, ListItemButton, ListItemIcon, ListItemText, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircle';
import ChevronRight from '@mui/icons-material/ChevronRight';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { places, steps, useFirstSteps } from './firstSteps';

/** The way from an empty account to one that works, until it is gone or put away. */
export function FirstStepsCard() {
  const { t } = useTranslation('dashboard');
  const { done, isShown, dismiss } = useFirstSteps();
  if (!isShown) return null;
  const count = steps.filter((step) => done[step] === true).length;
  const progress = t('first.progress', { count, total: steps.length });
  return (
    <Card component="section" aria-label={t('first.title')} sx={{ mb: 2 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 1, flexWrap: 'wrap' }}>
        <Typography variant="h2" sx={{ flex: 1 }}>{t('first.title')}</Typography>
        <Typography variant="body2" color="textSecondary">{progress}</Typography>
        <Button color="inherit" onClick={dismiss}>{t('first.dismiss')}</Button>
      </Box>
      <LinearProgress variant="determinate" value={(count / steps.length) * 100} aria-label={progress} />
      <List component="div" disablePadding dense sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))', xl: 'repeat(3, minmax(0, 1fr))' } }}>
        {steps.map((step) => (
          <ListItemButton key={step} component={Link} to={places[step]} sx={{ alignItems: 'flex-start' }}>
            <ListItemIcon sx={{ minWidth: 36, mt: 0.75 }}>
              {done[step] ? <CheckCircle color="success" fontSize="small" titleAccess={t('first.done')} /> : <RadioButtonUnchecked color="action" fontSize="small" titleAccess={t('first.open')} />}
            </ListItemIcon>
            <ListItemText primary={t(`first.${step}`)} secondary={t(`first.${step}Text`)} slotProps={{ primary: { color: done[step] ? 'textSecondary' : 'textPrimary', sx: { fontWeight: 600 } } }} />
            <ChevronRight fontSize="small" color="action" sx={{ mt: 1 }} aria-hidden />
          </ListItemButton>
        ))}
      </List>
    </Card>
  );
}
