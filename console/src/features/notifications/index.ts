import NotificationsOutlined from '@mui/icons-material/NotificationsOutlined';
import RssFeedOutlined from '@mui/icons-material/RssFeedOutlined';
import type { Feature } from '../../app/feature';

/** How programs are told what devices do. */
export const notifications: Feature = {
  id: 'notifications',
  routes: [
    { path: 'notifications/channels', lazy: () => import('./ChannelPage') },
    { path: 'notifications/subscriptions', lazy: () => import('./SubscriptionsPage') },
  ],
  navigation: [
    { section: 'integrations', to: '/notifications/channels', label: 'channel.navigation', icon: NotificationsOutlined, shortcut: 'n' },
    { section: 'integrations', to: '/notifications/subscriptions', label: 'subscriptions.navigation', icon: RssFeedOutlined },
  ],
};
