import FolderOutlined from '@mui/icons-material/FolderOutlined';
import type { Feature } from '../../app/feature';

export const groups: Feature = {
  id: 'groups',
  routes: [
    { path: 'groups', lazy: () => import('./GroupsPage') },
    { path: 'groups/:id', lazy: () => import('./GroupPage') },
  ],
  navigation: [{ section: 'directory', to: '/groups', label: 'navigation', icon: FolderOutlined, shortcut: 'r' }],
};
