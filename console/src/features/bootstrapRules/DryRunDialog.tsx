import { Alert, Box, Chip, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../app/theme';
import { api, dataOf } from '../../api/client';
import { FormDialog, useFieldError } from '../../components/FormDialog';
import { filledIn, verdictsOf, type DryRun } from './rule';

const fields = ['device_id', 'endpoint_name', 'endpoint_type', 'device_class', 'trusted_certificate_id'] as const;
const colours = { applies: 'success', later: 'info', not: 'default' } as const;

/** Asks the server what a device would be given, and why. Stays open with the answer. */
export function DryRunDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('bootstrapRules');
  const [values, setValues] = useState<Record<string, string>>({});
  const [result, setResult] = useState<DryRun | null>(null);
  const body = filledIn(values);
  const run = async (): Promise<void> => {
    setResult(null);
    setResult(await dataOf(api.POST('/v3/bootstrap-rules/dry-run', { body })));
  };
  return (
    <FormDialog title={t('dryRunTitle')} action={t('run')} fields={fields} call={{ method: 'POST', path: '/v3/bootstrap-rules/dry-run', body }} staysOpen onSubmit={run} onClose={onClose}>
      <Typography color="textSecondary">{t('dryRunHelp')}</Typography>
      {fields.map((field) => <Field key={field} name={field} value={values[field] ?? ''} onChange={(value) => setValues({ ...values, [field]: value })} />)}
      {result && <Result result={result} />}
    </FormDialog>
  );
}

function Field({ name, value, onChange }: { name: string; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('bootstrapRules');
  return <TextField label={t(`fields.${name}`)} value={value} onChange={(event) => onChange(event.target.value)} {...useFieldError(name)} />;
}

function Result({ result }: { result: DryRun }) {
  const { t } = useTranslation('bootstrapRules');
  return (
    <Box role="status" sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Alert severity={result.rule_id ? 'success' : 'info'}>{result.rule_id ? t('result', { name: result.rule_name }) : t('noRule')}</Alert>
      <Typography variant="h3">{t('rules')}</Typography>
      {verdictsOf(result).map((rule) => (
        <Box key={rule.id} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'baseline' }}>
          <Chip size="small" variant="outlined" color={colours[rule.verdict]} label={t(`verdicts.${rule.verdict}`)} />
          <strong>{rule.priority} {rule.name}</strong>
          <Typography color="textSecondary">{rule.reason}</Typography>
        </Box>
      ))}
      <Lines title={t('operations')} lines={result.operations} />
      <Lines title={t('observations')} lines={result.observations} />
    </Box>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  const { t } = useTranslation('bootstrapRules');
  return (
    <>
      <Typography variant="h3">{title}</Typography>
      <Box component="pre" sx={{ m: 0, fontFamily: mono, fontSize: '0.8rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{lines.length > 0 ? lines.join('\n') : t('none')}</Box>
    </>
  );
}
