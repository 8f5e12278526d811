import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import FingerprintOutlined from '@mui/icons-material/FingerprintOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import SecurityOutlined from '@mui/icons-material/SecurityOutlined';
import type { Feature } from '../../app/feature';

export const team: Feature = {
  id: 'team',
  routes: [
    { path: 'profile', lazy: () => import('./ProfilePage') },
    { path: 'team/security', lazy: () => import('./SecurityPage') },
    { path: 'team/identity-providers', lazy: () => import('./ProvidersPage') },
    { path: 'team/mails', lazy: () => import('./MailsPage') },
  ],
  navigation: [
    { section: 'team', to: '/profile', label: 'profile.title', icon: BadgeOutlined, shortcut: 'm' },
    { section: 'team', to: '/team/security', label: 'security.title', icon: SecurityOutlined, administrators: true },
    { section: 'team', to: '/team/identity-providers', label: 'providers.title', icon: FingerprintOutlined, administrators: true },
    { section: 'team', to: '/team/mails', label: 'mails.title', icon: ForwardToInboxOutlined, administrators: true },
  ],
};
