import { Box, Button, IconButton, ListItemIcon, ListItemText, Menu, MenuItem, Tooltip, Typography } from '@mui/material';
import MoreVert from '@mui/icons-material/MoreVert';
import RefreshOutlined from '@mui/icons-material/RefreshOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import PlayArrowOutlined from '@mui/icons-material/PlayArrowOutlined';
import SensorsOutlined from '@mui/icons-material/SensorsOutlined';
import TuneOutlined from '@mui/icons-material/TuneOutlined';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../../app/theme';
import { Time } from '../../../../components/Time';
import { requests } from '../../../../live/RequestStore';
import type { ResourceNode } from '../../../../lwm2m/tree';
import type { Device } from '../../deviceApi';
import { AttributesDialog } from './AttributesDialog';
import { ExecuteDialog } from './ExecuteDialog';
import { LastRequest } from './LastRequest';
import { ValueText } from './ValueText';
import { WriteDialog } from './WriteDialog';

interface ResourceRowProps {
  resource: ResourceNode;
  device: Device;
  accept: string;
  isObserved: boolean;
  onObserve: (path: string, isObserved: boolean) => Promise<void>;
}

/** A resource: its name, its value with the unit and when it came, what became of the last request, and what can be asked. */
export function ResourceRow({ resource, device, accept, isObserved, onObserve }: ResourceRowProps) {
  const { t } = useTranslation('devices');
  const [dialog, setDialog] = useState<'write' | 'attributes' | 'execute' | null>(null);
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const { definition, path, known } = resource;
  const isRegistered = String(device.state) === 'registered';
  const isUnknown = definition === undefined;
  const name = definition?.name ?? t('resources.resource', { id: resource.id });
  const read = (): void => void requests.send(device.id, 'GET', path, definition?.multiple && accept ? { accept } : {});
  const choose = (action: () => void) => () => (setMenu(null), action());
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', px: 2, py: 0.5, minHeight: 38, borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 }, '&:hover': { bgcolor: 'action.hover' } }}>
      <Box sx={{ flex: '1 1 40%', minWidth: 0, display: { sm: 'flex' }, alignItems: 'baseline', gap: 1 }}>
        <Typography variant="body2" sx={{ fontWeight: 500 }}>{name}</Typography>
        <Typography component="code" variant="caption" sx={{ fontFamily: mono, color: 'text.secondary' }}>{path}</Typography>
      </Box>
      <Box sx={{ flex: '1 1 40%', minWidth: 0 }}>
        {resource.instances.length > 0
          ? resource.instances.map((instance) => <Box key={instance.path}><ValueText known={instance.known} definition={definition} units={resource.units} index={instance.path.split('/').at(-1)!} /></Box>)
          : known && <ValueText known={known} definition={definition} units={resource.units} />}
        <LastRequest device={device.id} path={path} />
      </Box>
      <Typography variant="caption" color="textSecondary" sx={{ width: 110, textAlign: 'right', display: { xs: 'none', md: 'block' } }}>{known && <Time value={known.at} relative />}</Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', flexShrink: 0, width: { xs: 'auto', sm: 132 }, justifyContent: 'flex-end' }}>
        {isObserved && <Tooltip title={t('resources.observed')}><SensorsOutlined color="success" sx={{ fontSize: 18, mr: 0.5 }} aria-label={t('resources.observed')} /></Tooltip>}
        {definition?.executable && <Button startIcon={<PlayArrowOutlined />} disabled={!isRegistered} onClick={() => setDialog('execute')} aria-label={`${t('resources.execute')} ${name}`}>{t('resources.execute')}</Button>}
        {definition?.writable && <Tooltip title={t('resources.write')}><span><IconButton size="small" disabled={!isRegistered} aria-label={`${t('resources.write')} ${name}`} onClick={() => setDialog('write')}><EditOutlined fontSize="small" /></IconButton></span></Tooltip>}
        {(definition?.readable || isUnknown) && <Tooltip title={t('resources.read')}><span><IconButton size="small" disabled={!isRegistered} aria-label={`${t('resources.read')} ${name}`} onClick={read}><RefreshOutlined fontSize="small" /></IconButton></span></Tooltip>}
        <IconButton size="small" aria-label={t('resources.menu', { name })} disabled={!isRegistered} onClick={(event) => setMenu(event.currentTarget)}><MoreVert fontSize="small" /></IconButton>
      </Box>
      <Menu open={menu !== null} anchorEl={menu} onClose={() => setMenu(null)}>
        {(definition?.readable || isUnknown) && <Choice icon={RefreshOutlined} text={t('resources.read')} onClick={choose(read)} />}
        {(definition?.writable || isUnknown) && <Choice icon={EditOutlined} text={t('resources.write')} onClick={choose(() => setDialog('write'))} />}
        {(definition?.executable || isUnknown) && <Choice icon={PlayArrowOutlined} text={t('resources.execute')} onClick={choose(() => setDialog('execute'))} />}
        {(definition?.readable || isUnknown) && <Choice icon={SensorsOutlined} text={t(isObserved ? 'resources.stop' : 'resources.observe')} onClick={choose(() => void onObserve(path, isObserved))} />}
        {(definition?.readable || isUnknown) && <Choice icon={TuneOutlined} text={t('resources.attributes')} onClick={choose(() => setDialog('attributes'))} />}
      </Menu>
      {dialog === 'write' && <WriteDialog device={device} resource={resource} name={name} onClose={() => setDialog(null)} />}
      {dialog === 'attributes' && <AttributesDialog device={device} path={path} name={name} onClose={() => setDialog(null)} />}
      {dialog === 'execute' && <ExecuteDialog device={device} path={path} name={name} onClose={() => setDialog(null)} />}
    </Box>
  );
}

function Choice({ icon: Icon, text, onClick }: { icon: typeof MoreVert; text: string; onClick: () => void }) {
  return <MenuItem onClick={onClick}><ListItemIcon><Icon fontSize="small" /></ListItemIcon><ListItemText>{text}</ListItemText></MenuItem>;
}
