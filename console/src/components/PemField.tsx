import { Box, Button, TextField } from '@mui/material';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { useTranslation } from 'react-i18next';
import { mono } from '../app/theme';
import { certificatesIn, pemOf } from '../x509/certificate';
import { CertificateChain } from './CertificateCard';
import { useFieldError } from './FormDialog';

/** A certificate or chain, pasted or from a file (PEM, or DER as `.cer` files often are), and what is in it. `plain`: other PEM, of which nothing is shown. */
export function PemField({ field, label, value, help, plain = false, onText }: { field: string; label: string; value: string; help?: string; plain?: boolean; onText: (pem: string) => void }) {
  const { t } = useTranslation('components');
  const said = useFieldError(field, help);
  const isUnreadable = !plain && value.trim() !== '' && certificatesIn(value).length === 0;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      <TextField
        label={label} value={value} onChange={(event) => onText(event.target.value)} multiline minRows={3} maxRows={8} spellCheck={false} placeholder={plain ? '-----BEGIN …' : '-----BEGIN CERTIFICATE-----'}
        error={said.error || isUnreadable} helperText={said.error ? said.helperText : isUnreadable ? t('pem.none') : said.helperText}
        slotProps={{ htmlInput: { sx: { fontFamily: mono, fontSize: '0.75rem' } } }}
      />
      <Button variant="outlined" component="label" startIcon={<UploadFileOutlined />} sx={{ alignSelf: 'flex-start' }}>
        {t('pem.file')}
        <input hidden type="file" accept=".pem,.crt,.cer,.der,.key,.txt" onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void file.arrayBuffer().then((bytes) => onText(plain ? new TextDecoder().decode(bytes) : pemOf(new Uint8Array(bytes))));
          event.target.value = '';
        }} />
      </Button>
      {!plain && <CertificateChain pem={value} />}
    </Box>
  );
}
