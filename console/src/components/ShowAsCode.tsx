import { Box, Button, Popover, Tab, Tabs, Typography } from '@mui/material';
import Code from '@mui/icons-material/Code';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../app/theme';
import { CopyButton } from './CopyButton';
import { callAs, languagesOfCalls, type RestCall } from './restCall';

export type { RestCall } from './restCall';

const names = { curl: 'curl', python: 'Python', csharp: 'C#' };

/** "Show as curl / SDK": the REST call behind a form or a list. */
export function ShowAsCode({ call }: { call: RestCall }) {
  const { t } = useTranslation('components');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [language, setLanguage] = useState<(typeof languagesOfCalls)[number]>('curl');
  const text = callAs(language, call, location.origin);
  return (
    <>
      <Button color="inherit" startIcon={<Code />} onClick={(event) => setAnchor(event.currentTarget)} sx={{ color: 'text.secondary' }}>{t('code.show')}</Button>
      <Popover open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }} slotProps={{ paper: { sx: { width: 620, maxWidth: '95vw', p: 1.5 } } }}>
        <Box sx={{ display: 'flex', alignItems: 'center' }}>
          <Tabs value={language} onChange={(_, value: typeof language) => setLanguage(value)} sx={{ flex: 1 }}>
            {languagesOfCalls.map((name) => <Tab key={name} value={name} label={names[name]} />)}
          </Tabs>
          <CopyButton text={text} />
        </Box>
        <Box component="pre" tabIndex={0} sx={{ m: 0, my: 1, p: 1.5, bgcolor: 'background.default', borderRadius: 1, overflow: 'auto', fontFamily: mono, fontSize: '0.78rem', maxHeight: 320 }}>{text}</Box>
        <Typography variant="caption" color="textSecondary">{t('code.key')}</Typography>
      </Popover>
    </>
  );
}
