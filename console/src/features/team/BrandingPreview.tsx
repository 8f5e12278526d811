import { Box, Card, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { pathOf, type BrandingImage } from '../../branding/brandingApi';
import { readableOn, type Colours, type Scheme } from '../../branding/colours';

const own: Record<Scheme, Record<string, string>> = {
  light: { primary: '#0b6e65', secondary: '#4a5d8a', canvas_background: '#0d2624', canvas_background_font_color: '#cfe0dc', workspace_background: '#f4f6f4', workspace_background_font_color: '#16211f', success_color: '#1f7a3f', warning_color: '#8a5a00', error_color: '#b3261e', info_color: '#1f5f99' },
  dark: { primary: '#5fd0c0', secondary: '#a9b8e0', canvas_background: '#0d2624', canvas_background_font_color: '#cfe0dc', workspace_background: '#0f1716', workspace_background_font_color: '#e4ecea', success_color: '#6fcf8e', warning_color: '#e8b45a', error_color: '#ff8a80', info_color: '#82b8ea' },
};

/** The console in small, in the colours as they are typed. */
export function BrandingPreview({ colours, scheme, images }: { colours: Colours; scheme: Scheme; images: readonly BrandingImage[] }) {
  const { t } = useTranslation('team');
  const of = (name: string): string => colours[name] ?? own[scheme][name] ?? '#888888';
  const on = (name: string, font: string): string => colours[font] ?? (colours[name] ? readableOn(colours[name]) : (own[scheme][font] ?? readableOn(of(name))));
  const logo = images.find((image) => image.reference === 'brand_logo_landscape');
  const frame = on('canvas_background', 'canvas_background_font_color');
  return (
    <Card component="section" aria-label={t('branding.preview')} sx={{ position: { lg: 'sticky' }, top: 64, overflow: 'hidden' }}>
      <Typography variant="h2" sx={{ p: 2, pb: 1.5 }}>{t('branding.preview')}</Typography>
      <Box aria-hidden sx={{ display: 'flex', minHeight: 320, borderTop: 1, borderColor: 'divider' }}>
        <Box sx={{ width: 150, p: 1.5, bgcolor: of('canvas_background'), color: frame }}>
          {logo ? <Box component="img" src={pathOf(logo)} alt="" sx={{ maxWidth: '100%', maxHeight: 30, mb: 1.5 }} /> : <Typography sx={{ fontWeight: 700, mb: 1.5 }}>Surety</Typography>}
          {[0, 1, 2].map((index) => <Box key={index} sx={{ height: 8, width: `${80 - index * 14}%`, borderRadius: 1, bgcolor: frame, opacity: index === 1 ? 1 : 0.45, mb: 1.5 }} />)}
        </Box>
        <Box sx={{ flex: 1, p: 2, bgcolor: of('workspace_background'), color: on('workspace_background', 'workspace_background_font_color'), display: 'flex', flexDirection: 'column', gap: 1.25 }}>
          <Typography sx={{ fontWeight: 650, fontSize: '1.1rem' }}>{t('branding.sample')}</Typography>
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            {(['primary', 'secondary'] as const).map((name) => <Box key={name} sx={{ px: 1.5, py: 0.6, borderRadius: 1, bgcolor: of(name), color: on(name, `${name}_font_color`), fontWeight: 600, fontSize: '0.82rem' }}>{t(`branding.references.${name}`)}</Box>)}
          </Box>
          {(['success', 'info', 'warning', 'error'] as const).map((name) => (
            <Box key={name} sx={{ px: 1.5, py: 0.75, borderRadius: 1, bgcolor: of(`${name}_color`), color: on(`${name}_color`, `${name}_font_color`), fontSize: '0.82rem' }}>{t(`branding.references.${name}_color`)}</Box>
          ))}
        </Box>
      </Box>
    </Card>
  );
}
