import TerminalOutlined from '@mui/icons-material/TerminalOutlined';
import type { Feature } from '../../app/feature';

/** Every operation of the REST API, to read and to try. */
export const explorer: Feature = {
  id: 'explorer',
  routes: [{ path: 'api', lazy: () => import('./ExplorerPage') }],
  navigation: [{ section: 'tools', to: '/api', label: 'title', icon: TerminalOutlined, shortcut: 'x' }],
};
