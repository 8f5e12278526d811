import { Alert, Box, Button, Card, Tab, Tabs, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { readBranding, type Branding } from '../../branding/brandingApi';
import { colourReferences, contrastOf, hexColour, schemes, type Colours, type Scheme } from '../../branding/colours';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useNotice } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Waiting } from '../../components/Waiting';
import { useWork } from '../../components/useWork';
import { session } from '../../session/session';
import { BrandingImages } from './BrandingImages';
import { BrandingPreview } from './BrandingPreview';
import { ColourField } from './ColourField';

const leastContrast = 4.5;

/** The account's colours and images, which its console wears. */
function BrandingPage() {
  const { t } = useTranslation('team');
  const account = session.current?.accountId ?? '';
  const found = useQuery({ queryKey: ['branding', account], queryFn: () => readBranding(account), refetchOnWindowFocus: false });
  const [scheme, setScheme] = useState<Scheme>('light');
  return (
    <>
      <PageHeader title={t('branding.title')} description={t('branding.text')} />
      <Box sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}>
        <Tabs value={scheme} onChange={(_, value: Scheme) => setScheme(value)} aria-label={t('branding.title')}>{schemes.map((name) => <Tab key={name} value={name} label={t(`branding.schemes.${name}`)} />)}</Tabs>
      </Box>
      {found.isLoading && <Waiting />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <ColourForm key={scheme} scheme={scheme} branding={found.data} />}
      {found.data && <BrandingImages scheme={scheme} images={found.data.images[scheme]} />}
    </>
  );
}

function ColourForm({ scheme, branding }: { scheme: Scheme; branding: Branding }) {
  const { t } = useTranslation('team');
  const saved = branding.colours[scheme];
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(saved);
  const { isRunning, error, run } = useWork();
  const [isResetting, setResetting] = useState(false);
  const notify = useNotice();
  const client = useQueryClient();
  const names = colourReferences.flatMap(({ name, font }) => [name, font]);
  const colours: Colours = Object.fromEntries(names.flatMap((name) => {
    const hex = hexColour(texts[name] ?? '');
    return hex ? [[name, hex]] : [];
  }));
  const isWrong = (name: string): boolean => (texts[name] ?? '').trim() !== '' && !(name in colours);
  const body = names.flatMap((reference) => (!isWrong(reference) && colours[reference] !== saved[reference] ? [{ reference, color: colours[reference] ?? null }] : []));
  const hard = colourReferences.filter(({ name, font }) => colours[name] && colours[font] && contrastOf(colours[name], colours[font]) < leastContrast);
  const reread = (): Promise<void> => client.invalidateQueries({ queryKey: ['branding'] });
  const save = async (): Promise<void> => {
    await run(async () => {
      await api.PUT(`/v3/branding-colors/${scheme}`, { body });
      await reread();
      notify(t('saved'));
    });
  };
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      <Card component="form" noValidate onSubmit={(event: React.FormEvent) => { event.preventDefault(); void save(); }} sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography variant="h2">{t('branding.colours')}</Typography>
        {colourReferences.map(({ name, font }) => (
          <Box key={name} sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 1.5 }}>
            {[name, font].map((reference) => <ColourField key={reference} label={t(`branding.references.${reference}`)} value={texts[reference] ?? ''} hex={colours[reference]} isWrong={isWrong(reference)} onText={(text) => setTexts((now) => ({ ...now, [reference]: text }))} />)}
          </Box>
        ))}
        {hard.map(({ name, font }) => <Alert key={name} severity="warning">{t('branding.contrast', { name: t(`branding.references.${name}`), ratio: contrastOf(colours[name]!, colours[font]!).toFixed(1) })}</Alert>)}
        {error !== null && <Problem error={error} />}
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <ShowAsCode call={{ method: 'PUT', path: `/v3/branding-colors/${scheme}`, body }} />
          <Box sx={{ flex: 1 }} />
          <Button color="error" onClick={() => setResetting(true)} disabled={Object.keys(saved).length === 0}>{t('branding.reset')}</Button>
          <Button type="submit" variant="contained" loading={isRunning} disabled={body.length === 0}>{t('save', { ns: 'components' })}</Button>
        </Box>
      </Card>
      <BrandingPreview colours={colours} scheme={scheme} images={branding.images[scheme]} />
      {isResetting && (
        <ConfirmDialog title={t('branding.resetTitle')} text={t('branding.resetText')} action={t('branding.reset')} danger onClose={() => setResetting(false)}
          onConfirm={async () => { await api.DELETE(`/v3/branding-colors/${scheme}`, {}); setTexts({}); await reread(); }} />
      )}
    </Box>
  );
}

export const Component = BrandingPage;
