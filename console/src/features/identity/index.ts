import AssignmentTurnedInOutlined from '@mui/icons-material/AssignmentTurnedInOutlined';
import AutorenewOutlined from '@mui/icons-material/AutorenewOutlined';
import DnsOutlined from '@mui/icons-material/DnsOutlined';
import HowToRegOutlined from '@mui/icons-material/HowToRegOutlined';
import PasswordOutlined from '@mui/icons-material/PasswordOutlined';
import ReceiptLongOutlined from '@mui/icons-material/ReceiptLongOutlined';
import WorkspacePremiumOutlined from '@mui/icons-material/WorkspacePremiumOutlined';
import type { Feature } from '../../app/feature';

/** Who is trusted, who issues, which devices are let in. */
export const identity: Feature = {
  id: 'identity',
  routes: [
    { path: 'identity/certificates', lazy: () => import('./certificates/CertificatesPage') },
    { path: 'identity/certificates/:id', lazy: () => import('./certificates/CertificatePage') },
    { path: 'identity/servers', lazy: () => import('./ServersPage') },
    { path: 'identity/issuers', lazy: () => import('./issuers/IssuersPage') },
    { path: 'identity/enrollments', lazy: () => import('./enrollments/EnrollmentsPage') },
    { path: 'identity/denials', lazy: () => import('./enrollments/EnrollmentsPage') },
    { path: 'identity/keys', lazy: () => import('./keys/KeysPage') },
    { path: 'identity/renewals', lazy: () => import('./renewals/RenewalsPage') },
    { path: 'identity/renewals/:id', lazy: () => import('./renewals/RenewalPage') },
    { path: 'identity/log', lazy: () => import('./log/LogPage') },
  ],
  navigation: [
    { section: 'identity', to: '/identity/certificates', label: 'certificates.navigation', icon: WorkspacePremiumOutlined, shortcut: 'c' },
    { section: 'identity', to: '/identity/servers', label: 'servers.navigation', icon: DnsOutlined },
    { section: 'identity', to: '/identity/issuers', label: 'issuers.navigation', icon: AssignmentTurnedInOutlined },
    { section: 'identity', to: '/identity/enrollments', label: 'enrollments.navigation', icon: HowToRegOutlined, shortcut: 'e' },
    { section: 'identity', to: '/identity/keys', label: 'keys.navigation', icon: PasswordOutlined },
    { section: 'identity', to: '/identity/renewals', label: 'renewals.navigation', icon: AutorenewOutlined },
    { section: 'identity', to: '/identity/log', label: 'log.navigation', icon: ReceiptLongOutlined, administrators: true },
  ],
};
