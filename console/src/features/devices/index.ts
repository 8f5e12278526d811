import DevicesOther from '@mui/icons-material/DevicesOther';
import type { Feature } from '../../app/feature';

export const devices: Feature = {
  id: 'devices',
  routes: [
    { path: 'devices', lazy: () => import('./DirectoryPage') },
    { path: 'devices/:id', lazy: () => import('./details/DevicePage') },
    { path: 'devices/:id/:tab', lazy: () => import('./details/DevicePage') },
  ],
  navigation: [{ section: 'directory', to: '/devices', label: 'navigation', icon: DevicesOther, shortcut: 'd' }],
};
