import RuleOutlined from '@mui/icons-material/RuleOutlined';
import type { Feature } from '../../app/feature';

export const bootstrapRules: Feature = {
  id: 'bootstrapRules',
  routes: [
    { path: 'bootstrap-rules', lazy: () => import('./RulesPage') },
    { path: 'bootstrap-rules/:id', lazy: () => import('./RulePage') },
  ],
  navigation: [{ section: 'identity', to: '/bootstrap-rules', label: 'navigation', icon: RuleOutlined, shortcut: 'b' }],
};
