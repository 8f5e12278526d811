import { Box, List, ListItemButton, ListItemIcon, ListItemText, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { features } from '../features';
import { session } from '../session/session';
import { sections } from './feature';
import { frame } from './theme';

export function Navigation() {
  const { t } = useTranslation();
  const entries = features.flatMap((feature) => (feature.navigation ?? []).map((entry) => ({ ...entry, feature: feature.id })));
  const shown = entries.filter((entry) => !entry.administrators || session.isAdministrator);
  return (
    <Box sx={{ pb: 2 }}>
      {sections.map((section) => {
        const own = shown.filter((entry) => entry.section === section);
        if (own.length === 0) return null;
        return (
          <Box key={section} sx={{ px: 1, pt: section === 'dashboard' ? 0.5 : 1.25 }}>
            {section !== 'dashboard' && (
              <Typography variant="overline" component="h2" sx={{ px: 1.25, color: frame.quiet }}>{t(`sections.${section}`)}</Typography>
            )}
            <List component="div" disablePadding>
              {own.map(({ to, label, icon: Icon, feature }) => (
                <ListItemButton
                  key={to} component={NavLink} to={to} end={to === '/'} dense
                  sx={{
                    borderRadius: 1, py: 0.4, px: 1.25, gap: 1.25, color: frame.text,
                    '&:hover': { bgcolor: frame.chosen }, '&:focus-visible': { outline: `2px solid ${frame.accent}`, outlineOffset: -2 },
                    '&.active': { bgcolor: frame.chosen, color: frame.title, boxShadow: `inset 3px 0 0 ${frame.accent}` },
                  }}
                >
                  <ListItemIcon sx={{ minWidth: 0, color: 'inherit', opacity: 0.85 }}><Icon fontSize="small" /></ListItemIcon>
                  <ListItemText primary={t(label, { ns: feature })} slotProps={{ primary: { sx: { fontSize: '0.86rem', fontWeight: 500 } } }} />
                </ListItemButton>
              ))}
            </List>
          </Box>
        );
      })}
    </Box>
  );
}
