import { Box, Button, Card, Typography } from '@mui/material';
import ImageOutlined from '@mui/icons-material/ImageOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, authorizedFetch } from '../../api/client';
import { pathOf, type BrandingImage } from '../../branding/brandingApi';
import type { Scheme } from '../../branding/colours';
import { useNotice } from '../../components/Notices';

const references = ['brand_logo_landscape', 'brand_logo_square', 'brand_logo_portrait', 'brand_logo_email', 'desktop_background_landscape', 'desktop_background_square', 'desktop_background_portrait'] as const;

/** The images of a scheme, as files to choose. */
export function BrandingImages({ scheme, images }: { scheme: Scheme; images: readonly BrandingImage[] }) {
  const { t } = useTranslation('team');
  return (
    <Box component="section" sx={{ mt: 3 }}>
      <Typography variant="h2">{t('branding.images')}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>{t('branding.imagesText')}</Typography>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))' }}>
        {references.map((reference) => <ImageCard key={reference} scheme={scheme} reference={reference} image={images.find((one) => one.reference === reference)} />)}
      </Box>
    </Box>
  );
}

function ImageCard({ scheme, reference, image }: { scheme: Scheme; reference: (typeof references)[number]; image: BrandingImage | undefined }) {
  const { t } = useTranslation('team');
  const [isRunning, setRunning] = useState(false);
  const notify = useNotice();
  const client = useQueryClient();
  const name = t(`branding.images_.${reference}`);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setRunning(true);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['branding'] });
    } catch (error) {
      notify(error as Error);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Card sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography variant="h3">{name}</Typography>
      <Box sx={{ height: 110, display: 'grid', placeItems: 'center', bgcolor: 'background.default', borderRadius: 1, overflow: 'hidden' }}>
        {image ? <Box component="img" src={pathOf(image)} alt={name} sx={{ maxWidth: '100%', maxHeight: 110, objectFit: 'contain' }} /> : <ImageOutlined sx={{ color: 'text.disabled', fontSize: 34 }} />}
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="outlined" component="label" loading={isRunning} aria-label={t('branding.uploadOf', { name })}>
          {t('branding.upload')}
          <input hidden type="file" accept="image/png,image/jpeg" onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void run(() => authorizedFetch(`/v3/branding-images/${scheme}/${reference}/upload`, { method: 'POST', headers: { 'Content-Type': file.type || 'image/png' }, body: file }));
            event.target.value = '';
          }} />
        </Button>
        {image && <Button color="error" disabled={isRunning} aria-label={t('branding.clearOf', { name })} onClick={() => void run(() => api.POST(`/v3/branding-images/${scheme}/{reference}/clear`, { params: { path: { reference } } }))}>{t('branding.clear')}</Button>}
      </Box>
    </Card>
  );
}
