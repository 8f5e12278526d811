import type { Feature } from '../app/feature';
import { access } from './access';
import { audit } from './audit';
import { bootstrapRules } from './bootstrapRules';
import { dashboard } from './dashboard';
import { devices } from './devices';
import { explorer } from './explorer';
import { groups } from './groups';
import { identity } from './identity';
import { notifications } from './notifications';
import { team } from './team';

/** All features. A new one is a line here. */
export const features: readonly Feature[] = [dashboard, devices, groups, identity, bootstrapRules, access, notifications, team, audit, explorer];
