import { IconButton, Tooltip } from '@mui/material';
import Check from '@mui/icons-material/Check';
import ContentCopy from '@mui/icons-material/ContentCopy';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText';

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation('components');
  const [isCopied, setCopied] = useState(false);
  const copy = async (event: React.MouseEvent): Promise<void> => {
    event.stopPropagation();
    await copyText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  const title = isCopied ? t('copied') : (label ?? t('copy'));
  return (
    <Tooltip title={title}>
      <IconButton size="small" aria-label={title} onClick={(event) => void copy(event)} sx={{ p: 0.25 }}>
        {isCopied ? <Check sx={{ fontSize: 15 }} color="success" /> : <ContentCopy sx={{ fontSize: 15 }} />}
      </IconButton>
    </Tooltip>
  );
}
