import { Alert, Box, Button, Card, Chip, Typography } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../app/theme';
import { CopyButton } from '../../components/CopyButton';

export interface Answered {
  status: number;
  statusText: string;
  milliseconds: number;
  type: string;
  blob: Blob;
}

const mostCharacters = 200_000;

/** What the server has answered; JSON with indentation, other text as it is, anything else as a file. */
export function Answer({ of, name }: { of: Answered; name: string }) {
  const { t } = useTranslation('explorer');
  const [text, setText] = useState<string | null>(null);
  const isText = /json|text|xml|pem|csv/.test(of.type) || of.blob.size === 0;
  useEffect(() => {
    if (isText) void of.blob.text().then((read) => setText(indented(read)));
  }, [of, isText]);
  const save = (): void => {
    const url = URL.createObjectURL(of.blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Card sx={{ p: 2 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 1, flexWrap: 'wrap' }}>
        <Chip color="success" label={`${of.status} ${of.statusText}`.trim()} />
        <Typography variant="body2" color="textSecondary" sx={{ flex: 1 }}>{t('took', { count: of.milliseconds })} {of.type}</Typography>
        {text !== null && text !== '' && <CopyButton text={text} />}
        {of.blob.size > 0 && <Button startIcon={<FileDownloadOutlined />} onClick={save}>{t('save')}</Button>}
      </Box>
      {of.blob.size === 0 && <Typography color="textSecondary">{t('empty')}</Typography>}
      {!isText && <Alert severity="info">{t('binary', { count: of.blob.size })}</Alert>}
      {text !== null && text !== '' && <Box component="pre" tabIndex={0} sx={{ m: 0, p: 1.5, bgcolor: 'background.default', borderRadius: 1, overflow: 'auto', maxHeight: 520, fontFamily: mono, fontSize: '0.76rem' }}>{text.slice(0, mostCharacters)}</Box>}
    </Card>
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
