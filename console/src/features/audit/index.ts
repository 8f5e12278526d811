import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import type { Feature } from '../../app/feature';

export const audit: Feature = {
  id: 'audit',
  routes: [{ path: 'audit', lazy: () => import('./AuditPage') }],
  navigation: [{ section: 'tools', to: '/audit', label: 'navigation', icon: HistoryOutlined, administrators: true, shortcut: 'l' }],
};
