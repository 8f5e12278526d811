import SpaceDashboardOutlined from '@mui/icons-material/SpaceDashboardOutlined';
import type { Feature } from '../../app/feature';

export const dashboard: Feature = {
  id: 'dashboard',
  routes: [{ index: true, lazy: () => import('./DashboardPage') }],
  navigation: [{ section: 'dashboard', to: '/', label: 'navigation', icon: SpaceDashboardOutlined, shortcut: 'h' }],
};
