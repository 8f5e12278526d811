import { Alert, Box, Button, Card, Chip, MenuItem, TextField, Typography } from '@mui/material';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { authorizedFetch } from '../../api/client';
import { ApiError } from '../../api/errors';
import { mono } from '../../app/theme';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Answer, type Answered } from './Answer';
import { addressOf, exampleOf, isStream, resolve, type ApiDocument, type Operation, type Parameter } from './document';
import { Method } from './Method';

const isFilter = (one: Parameter): boolean => one.in === 'query' && one.name.includes('__');

/** One operation: what it takes and answers, and a form to try it. */
export function OperationView({ of, document }: { of: Operation; document: ApiDocument }) {
  const { t } = useTranslation('explorer');
  const isJson = of.body?.type.endsWith('json') ?? false;
  const [values, setValues] = useState<Record<string, string>>({});
  const [text, setText] = useState(() => (of.body && isJson ? JSON.stringify(of.body.example ?? exampleOf(document, of.body.schema), null, 2) : ''));
  const [file, setFile] = useState<File | null>(null);
  const [withFilters, setWithFilters] = useState(false);
  const [answer, setAnswer] = useState<Answered | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const running = useRef<AbortController | null>(null);
  const filters = of.parameters.filter(isFilter);
  const shown = of.parameters.filter((one) => withFilters || !isFilter(one));
  const address = addressOf(of, values);
  const missing = of.parameters.filter((one) => one.in === 'path' && !values[one.name]);
  const wrong = jsonError(isJson ? text : '');
  const run = async (): Promise<void> => {
    const stop = new AbortController();
    running.current = stop;
    setRunning(true);
    setError(null);
    setAnswer(null);
    const begun = performance.now();
    try {
      const headers = Object.fromEntries(of.parameters.flatMap((one) => (one.in === 'header' && values[one.name] ? [[one.name, values[one.name]!] as const] : [])));
      const body = bodyOf(of, text, file, document);
      const got = await authorizedFetch(address, { method: of.method, signal: stop.signal, headers: { ...headers, ...(of.body && of.body.type !== 'multipart/form-data' && body !== null ? { 'Content-Type': of.body.type.includes('*') ? 'text/plain' : of.body.type } : {}) }, ...(body === null ? {} : { body }) });
      setAnswer({ status: got.status, statusText: got.statusText, milliseconds: Math.round(performance.now() - begun), type: got.headers.get('Content-Type') ?? '', blob: await got.blob() });
    } catch (failure) {
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) setError(failure);
    } finally {
      setRunning(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (of.method === 'DELETE') setAsking(true);
    else void run();
  };
  const call = { method: of.method, path: address, ...(isJson && !wrong && text.trim() ? { body: JSON.parse(text) as unknown } : {}) };
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <Card sx={{ p: 2 }}>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}><Method of={of.method} /><Typography variant="h2" sx={{ fontFamily: mono, overflowWrap: 'anywhere' }}>{of.path}</Typography></Box>
        <Typography sx={{ mt: 1 }}>{of.summary}</Typography>
        {of.description && <Typography variant="body2" color="textSecondary" sx={{ whiteSpace: 'pre-line' }}>{of.description}</Typography>}
      </Card>
      <Card component="form" noValidate onSubmit={submit} sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2 }}>
        {of.parameters.length === 0 && !of.body && <Typography color="textSecondary">{t('noParameters')}</Typography>}
        {shown.map((one) => <ParameterField key={`${one.in} ${one.name}`} of={one} document={document} value={values[one.name] ?? ''} onText={(value) => setValues((now) => ({ ...now, [one.name]: value }))} />)}
        {filters.length > 0 && <Button sx={{ alignSelf: 'flex-start' }} onClick={() => setWithFilters(!withFilters)} aria-expanded={withFilters}>{t(withFilters ? 'fewer' : 'filters', { count: filters.length })}</Button>}
        {of.body && (isJson
          ? <TextField label={t('body', { type: of.body.type })} value={text} onChange={(event) => setText(event.target.value)} multiline minRows={4} maxRows={18} spellCheck={false} error={wrong !== null} helperText={wrong} slotProps={{ htmlInput: { sx: { fontFamily: mono, fontSize: '0.78rem' } } }} />
          : <Button variant="outlined" component="label" sx={{ alignSelf: 'flex-start' }}>{file?.name ?? t('file', { type: of.body.type })}<input hidden type="file" onChange={(event) => setFile(event.target.files?.[0] ?? null)} /></Button>)}
        {isStream(of) && <Alert severity="info">{t('stream')}</Alert>}
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <ShowAsCode call={call} />
          <Box sx={{ flex: 1 }} />
          {isRunning && <Button color="inherit" onClick={() => running.current?.abort()}>{t('stop')}</Button>}
          <Button type="submit" variant="contained" color={of.method === 'DELETE' ? 'error' : 'primary'} loading={isRunning} disabled={isStream(of) || missing.length > 0 || wrong !== null || (of.body !== null && !isJson && !file)}>{t('send')}</Button>
        </Box>
        {missing.length > 0 && <Typography variant="body2" color="textSecondary">{t('missing', { names: missing.map((one) => one.name).join(', ') })}</Typography>}
      </Card>
      <Box role="status" aria-live="polite">
        {error !== null && <><Problem error={error} />{error instanceof ApiError && error.status > 0 && <Chip color="error" label={error.status} />}</>}
        {answer && <Answer of={answer} name={of.id} />}
      </Box>
      <Card sx={{ p: 2 }}>
        <Typography variant="h3" sx={{ mb: 1 }}>{t('answers')}</Typography>
        {of.responses.map((one) => (
          <Box key={one.status} sx={{ display: 'flex', gap: 1, alignItems: 'baseline', py: 0.25 }}>
            <Chip variant="outlined" label={one.status} color={Number(one.status) < 400 ? 'success' : 'default'} sx={{ height: 20 }} />
            <Typography variant="body2">{one.description} <Box component="span" sx={{ color: 'text.secondary' }}>{one.types.join(', ')}</Box></Typography>
          </Box>
        ))}
      </Card>
      {isAsking && <ConfirmDialog title={`${of.method} ${address}`} text={t('deleteText')} action={t('send')} danger onClose={() => setAsking(false)} onConfirm={async () => { setAsking(false); await run(); }} />}
    </Box>
  );
}

function ParameterField({ of, document, value, onText }: { of: Parameter; document: ApiDocument; value: string; onText: (text: string) => void }) {
  const { t } = useTranslation('explorer');
  const schema = resolve(document, of.schema);
  const choices = (schema?.enum ?? (schema?.type === 'boolean' ? ['true', 'false'] : [])).filter((one) => one !== null).map(String);
  const help = [of.in === 'query' ? '' : t(`in.${of.in}`), of.description ?? '', schema?.default === undefined ? '' : t('default', { value: String(schema.default) })].filter((part) => part !== '').join(' ');
  return (
    <TextField label={of.name} value={value} onChange={(event) => onText(event.target.value)} helperText={help} required={of.in === 'path'} spellCheck={false} {...(choices.length > 0 ? { select: true } : {})}>
      {choices.length > 0 && [<MenuItem key="" value="">–</MenuItem>, ...choices.map((one) => <MenuItem key={one} value={one}>{one}</MenuItem>)]}
    </TextField>
  );
}

function bodyOf(of: Operation, text: string, file: File | null, document: ApiDocument): BodyInit | null {
  if (!of.body) return null;
  if (of.body.type.endsWith('json')) return text.trim() === '' ? null : text;
  if (!file || of.body.type !== 'multipart/form-data') return file;
  const form = new FormData();
  form.append(Object.keys(resolve(document, of.body.schema)?.properties ?? {})[0] ?? 'file', file, file.name);
  return form;
}

function jsonError(text: string): string | null {
  if (text.trim() === '') return null;
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
