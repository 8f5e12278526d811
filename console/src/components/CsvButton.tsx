import { Button } from '@mui/material';
import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListPage, ListRequest } from '../api/lists';
import { csvOfList } from './csv';
import { useNotice } from './Notices';
import { saveFile } from './saveFile';

/** Exports all of a list, however many pages it has. */
export function CsvButton<T extends { id: string }>({ name, read, fields, filter = '' }: { name: string; read: (request: ListRequest) => Promise<ListPage<T>>; fields: readonly (keyof T & string)[]; filter?: string }) {
  const { t } = useTranslation('components');
  const [isRunning, setRunning] = useState(false);
  const notify = useNotice();
  const run = async (): Promise<void> => {
    setRunning(true);
    try {
      saveFile(`${name}.csv`, await csvOfList(read, fields, filter), 'text/csv');
    } catch (error) {
      notify(error as Error);
    } finally {
      setRunning(false);
    }
  };
  return <Button variant="outlined" startIcon={<FileDownloadOutlined />} loading={isRunning} onClick={() => void run()}>{t('csv.export')}</Button>;
}
