import ApartmentOutlined from '@mui/icons-material/ApartmentOutlined';
import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import BusinessOutlined from '@mui/icons-material/BusinessOutlined';
import FingerprintOutlined from '@mui/icons-material/FingerprintOutlined';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import PaletteOutlined from '@mui/icons-material/PaletteOutlined';
import SecurityOutlined from '@mui/icons-material/SecurityOutlined';
import type { Feature } from '../../app/feature';

export const team: Feature = {
  id: 'team',
  routes: [
    { path: 'profile', lazy: () => import('./ProfilePage') },
    { path: 'team/security', lazy: () => import('./SecurityPage') },
    { path: 'team/identity-providers', lazy: () => import('./ProvidersPage') },
    { path: 'team/mails', lazy: () => import('./MailsPage') },
    { path: 'team/account', lazy: () => import('./AccountPage') },
    { path: 'team/branding', lazy: () => import('./BrandingPage') },
    { path: 'team/tenants', lazy: () => import('./TenantsPage') },
  ],
  navigation: [
    { section: 'team', to: '/profile', label: 'profile.title', icon: BadgeOutlined, shortcut: 'm' },
    { section: 'team', to: '/team/account', label: 'account.title', icon: BusinessOutlined, administrators: true },
    { section: 'team', to: '/team/security', label: 'security.title', icon: SecurityOutlined, administrators: true },
    { section: 'team', to: '/team/identity-providers', label: 'providers.title', icon: FingerprintOutlined, administrators: true },
    { section: 'team', to: '/team/branding', label: 'branding.title', icon: PaletteOutlined, administrators: true },
    { section: 'team', to: '/team/tenants', label: 'tenants.title', icon: ApartmentOutlined, administrators: true },
    { section: 'team', to: '/team/mails', label: 'mails.title', icon: ForwardToInboxOutlined, administrators: true },
  ],
};
