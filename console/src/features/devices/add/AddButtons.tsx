import { Button } from '@mui/material';
import Add from '@mui/icons-material/Add';
import SmartToyOutlined from '@mui/icons-material/SmartToyOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Problem } from '../../../components/Problem';
import { RowActions } from '../../../components/RowActions';
import { useWork } from '../../../components/useWork';
import { clients, type Client } from './clients';
import { startSimulated, useCanSimulate } from './simulatedApi';

const AddDeviceDialog = lazy(async () => ({ default: (await import('./AddDeviceDialog')).AddDeviceDialog }));

export interface Adding {
  /** "Add a device", and a menu with "Start a simulated device" where that can be. */
  actions: ReactNode;
  /** The shortest way, for where there is no device yet. */
  first: ReactNode;
  /** The dialog, when it is open. */
  dialog: ReactNode;
}

/** The ways to a first device. Which client is chosen is in the address: `?add=anjay`. */
export function useAdding(): Adding {
  const { t } = useTranslation('devices');
  const [query, setQuery] = useSearchParams();
  const canSimulate = useCanSimulate();
  const cache = useQueryClient();
  const [started, setStarted] = useState<string>();
  const { isRunning, error, run } = useWork();
  const wanted = query.get('add');
  const open = (client: Client | null): void => setQuery((known) => {
    const next = new URLSearchParams(known);
    if (client) next.set('add', client);
    else next.delete('add');
    return next;
  }, { replace: wanted !== null });
  const close = (): void => {
    open(null);
    setStarted(undefined);
  };
  const simulate = (): Promise<boolean> => run(async () => {
    setStarted(await startSimulated());
    open('simulator');
    await cache.invalidateQueries({ queryKey: ['simulated-devices'] });
  });
  const first: Client = canSimulate ? 'simulator' : 'csharp';
  const add = <Button variant="contained" startIcon={<Add />} onClick={() => open(first)}>{t('add.button')}</Button>;
  return {
    actions: (
      <>
        {add}
        {canSimulate && <RowActions name={t('title')} items={[[t('add.simulate'), () => void simulate()]]} />}
      </>
    ),
    first: canSimulate ? <Button variant="contained" startIcon={<SmartToyOutlined />} loading={isRunning} onClick={() => void simulate()}>{t('add.simulate')}</Button> : add,
    dialog: (
      <>
        {error !== null && <Problem error={error} />}
        {wanted !== null && (
          <Suspense fallback={null}>
            <AddDeviceDialog client={clients.find((client) => client === wanted) ?? first} started={started} onClient={open} onClose={close} />
          </Suspense>
        )}
      </>
    ),
  };
}
