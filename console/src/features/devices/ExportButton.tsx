import { Button, Menu, MenuItem } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/client';
import { useNotice } from '../../components/Notices';

/** All devices that the filter selects, as a file. */
export function ExportButton({ filter }: { filter: string }) {
  const { t } = useTranslation('devices');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isRunning, setRunning] = useState(false);
  const notify = useNotice();
  const run = async (format: 'csv' | 'json'): Promise<void> => {
    setAnchor(null);
    setRunning(true);
    try {
      await download(`/v3/devices/export.${format}${filter ? `?filter=${encodeURIComponent(filter)}` : ''}`, `devices.${format}`);
    } catch (error) {
      notify(error as Error);
    } finally {
      setRunning(false);
    }
  };
  return (
    <>
      <Button variant="outlined" startIcon={<FileDownloadOutlined />} loading={isRunning} onClick={(event) => setAnchor(event.currentTarget)}>{t('export')}</Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => void run('csv')}>CSV</MenuItem>
        <MenuItem onClick={() => void run('json')}>JSON</MenuItem>
      </Menu>
    </>
  );
}
