import AppsOutlined from '@mui/icons-material/AppsOutlined';
import GroupsOutlined from '@mui/icons-material/GroupsOutlined';
import KeyOutlined from '@mui/icons-material/KeyOutlined';
import PeopleOutlined from '@mui/icons-material/PeopleOutlined';
import type { Feature } from '../../app/feature';

export const access: Feature = {
  id: 'access',
  routes: [
    { path: 'users', lazy: () => import('./UsersPage') },
    { path: 'policy-groups', lazy: () => import('./PolicyGroupsPage') },
    { path: 'applications', lazy: () => import('./ApplicationsPage') },
    { path: 'api-keys', lazy: () => import('./ApiKeysPage') },
  ],
  navigation: [
    { section: 'access', to: '/users', label: 'users.title', icon: PeopleOutlined, shortcut: 'u' },
    { section: 'access', to: '/policy-groups', label: 'groups.title', icon: GroupsOutlined },
    { section: 'access', to: '/applications', label: 'applications.title', icon: AppsOutlined },
    { section: 'access', to: '/api-keys', label: 'keys.title', icon: KeyOutlined, shortcut: 'k' },
  ],
};
