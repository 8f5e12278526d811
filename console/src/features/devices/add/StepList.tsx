import { Box, Button, Typography } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../app/theme';
import { CopyButton } from '../../../components/CopyButton';
import { saveFile } from '../../../components/saveFile';
import type { Step } from './clients';

/** What is to be pasted, one after the other. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('devices');
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      {steps.map(({ key, text, file }, index) => {
        const title = t(`add.steps.${key}`, { file });
        return (
          <Box component="li" key={key}>
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
              <Typography variant="body2" sx={{ flex: 1, overflowWrap: 'anywhere' }}>{index + 1}. {title}</Typography>
              {file && <Button size="small" startIcon={<FileDownloadOutlined />} onClick={() => saveFile(file.split('/').at(-1)!, text)}>{t('add.download')}</Button>}
              <CopyButton text={text} label={t('add.copy', { what: title })} />
            </Box>
            <Box component="pre" tabIndex={0} aria-label={title} sx={{ m: 0, mt: 0.5, p: 1.5, bgcolor: 'background.default', borderRadius: 1, overflow: 'auto', fontFamily: mono, fontSize: '0.76rem', maxHeight: 180 }}>{text}</Box>
          </Box>
        );
      })}
    </Box>
  );
}
